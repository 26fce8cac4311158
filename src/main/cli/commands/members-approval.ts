import { type Command, InvalidArgumentError, Option } from "commander";
import { Approver, MembershipSettings } from "#shared/domain/operation.ts";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { endWithUsage, type UsageProblem } from "../members/usage-problem.ts";
import { table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";

interface RuleOptions extends CommonOptions {
  readonly above?: number;
  readonly never?: true;
  readonly approver?: readonly Approver[];
  readonly removeApprover?: readonly string[];
}

type Rule = Pick<MembershipSettings, "approvalAbove" | "approvers">;

/** `muster members approval`: when an operation needs a second person, and who that may be. */
export function addApprovalRuleCommand(commandLine: CommandLine, members: Command): void {
  const { terminal } = commandLine;
  commandLine
    .common(members.command("approval"))
    .description("show or set when an operation needs a second person, and who that may be")
    .option("--above <changes>", "operations of more changes than this wait for an approval", parseAbove)
    .addOption(new Option("--never", "no operation waits for one").conflicts("above"))
    .option("--approver <name=key>", "add one, or give a listed one another key; repeatable", collectApprover)
    .option("--remove-approver <name>", "take one off the list; repeatable", collect)
    .action(async (options: RuleOptions) => {
      const { above, never, approver = [], removeApprover = [] } = options;
      const isChange = above !== undefined || never === true || approver.length + removeApprover.length > 0;
      const access = isChange ? "write" : "read";
      const result = await withApplication(commandLine, options, access, async ({ membership }) => {
        const settings = await membership.getSettings();
        const problem = findUnlisted(removeApprover, settings);
        if (problem !== null) return endWithUsage(terminal, problem);
        const rule = ruleOf(options, settings);
        if (isChange) {
          const saved = await membership.saveSettings({ ...settings, ...rule });
          if (!saved.ok) return { end: "failed", failure: saved.error } as const;
        }
        terminal.answer({ approval: rule });
        for (const line of describe(rule)) terminal.say(line);
        if (rule.approvalAbove !== null && rule.approvers.length === 0)
          terminal.note("Nobody is listed who could approve: add somebody with --approver.");
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

/** What is left out stays; an approver of the same name gets the new key. */
function ruleOf(
  { above, never, approver = [], removeApprover = [] }: RuleOptions,
  { approvalAbove, approvers }: Rule,
): Rule {
  const replaced = new Set([...removeApprover, ...approver.map(({ name }) => name)]);
  return {
    approvalAbove: never === true ? null : (above ?? approvalAbove),
    approvers: [...approvers.filter(({ name }) => !replaced.has(name)), ...approver],
  };
}

function findUnlisted(names: readonly string[], { approvers }: Rule): UsageProblem | null {
  const unlisted = names.filter((name) => !approvers.some((approver) => approver.name === name));
  if (unlisted.length === 0) return null;
  return {
    message: "Not everybody who is to be taken off the list is on it.",
    words: Object.fromEntries(unlisted.map((name) => [name, "is no approver"])),
    todo: "Show the list: muster members approval",
  };
}

function describe({ approvalAbove, approvers }: Rule): string[] {
  const when =
    approvalAbove === null
      ? "No operation needs a second person."
      : `Operations of more than ${approvalAbove} changes need a second person.`;
  if (approvers.length === 0) return [when];
  return [
    when,
    ...table([["APPROVER", "KEY"], ...approvers.map(({ name, publicKey }) => [name, publicKey])]),
  ];
}

function parseAbove(text: string): number {
  const above = MembershipSettings.shape.approvalAbove.safeParse(/^\d+$/.test(text) ? Number(text) : text);
  if (!above.success || above.data === null) throw new InvalidArgumentError("a whole number from 0 to 60000");
  return above.data;
}

function collectApprover(text: string, before: readonly Approver[] = []): readonly Approver[] {
  // A key has no equals sign in it, and a name may.
  const at = text.lastIndexOf("=");
  const approver = Approver.safeParse({
    name: text.slice(0, Math.max(0, at)),
    publicKey: text.slice(at + 1),
  });
  if (!approver.success)
    throw new InvalidArgumentError(
      "a name, =, and the key of 43 characters that members approver-key prints",
    );
  return [...before.filter(({ name }) => name !== approver.data.name), approver.data];
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
