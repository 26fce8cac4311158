import type { Command } from "commander";
import type { Failure } from "#shared/domain/failure.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { conductRest } from "../members/conduct-operation.ts";
import { addWaitOptions } from "../members/member-options.ts";
import { findOperationNamed } from "../members/name-operation.ts";
import { withConduct } from "../members/with-conduct.ts";
import { withApplication } from "../with-application.ts";

const OPERATION = "its id, or latest";

/** `muster members approval-request|sign-approval|approve|approver-key`: somebody else's word for an operation. */
export function addApprovalCommands(commandLine: CommandLine, members: Command): void {
  const { terminal } = commandLine;

  commandLine
    .common(members.command("approval-request").argument("<operation>", OPERATION))
    .description("print the line that a colleague signs; for an operation that waits for an approval")
    .action(async (name: string, options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "write", async ({ membership }) => {
        const operation = await findOperationNamed(membership, name, "awaited");
        if (!operation.ok) return failed(operation.error);
        const request = await membership.approvalRequest({ operationId: operation.value.id });
        if (!request.ok) return failed(request.error);
        terminal.answer({ operationId: operation.value.id, approvalRequest: request.value.text });
        terminal.say(request.value.text);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(members.command("sign-approval"))
    .description("read a colleague's request from standard input, show it, and sign it when you say so")
    .option("--yes", "sign it without being asked")
    .action(async (options: CommonOptions & { readonly yes?: true }) => {
      await withConduct(commandLine, { ...options, patience: 0 }, async ({ membership }, { prompt }) => {
        const text = (await prompt.ask("Paste the approval request:")) ?? "";
        const shown = await membership.readApprovalRequest({ text });
        if (!shown.ok) return failed(shown.error);
        const { title, requestedBy, counts, atMs, digest, isSandbox } = shown.value;
        terminal.note(`${title}${isSandbox ? " (sandbox)" : ""}`);
        terminal.note(counts.map(({ action, steps }) => `${steps} × ${action}`).join(", "));
        terminal.note(`Asked for by ${requestedBy} at ${new Date(atMs).toISOString()}.`);
        terminal.note(`Plan ${digest.slice(0, 16)}.`);
        const isAgreed = options.yes === true || (await prompt.ask("Type yes to sign it:"))?.trim() === "yes";
        if (!isAgreed) {
          terminal.answer({ request: shown.value, approval: null });
          terminal.note("Not signed.");
          return { end: "cancelled" };
        }
        const signed = await membership.signApproval({ text });
        if (!signed.ok) return failed(signed.error);
        terminal.answer({ request: shown.value, approval: signed.value.text });
        terminal.say(signed.value.text);
        return { end: "ok" };
      });
    });

  addWaitOptions(commandLine.common(members.command("approve").argument("<operation>", OPERATION)))
    .description("read a colleague's signed approval from standard input, and carry the operation out")
    .action(async (name: string, options: CommonOptions & { readonly patience: number }) => {
      await withConduct(commandLine, options, async (application, how) => {
        const { membership } = application;
        const operation = await findOperationNamed(membership, name, "awaited");
        if (!operation.ok) return failed(operation.error);
        const text = (await how.prompt.ask("Paste the signed approval:")) ?? "";
        const approved = await membership.approve({ operationId: operation.value.id, text });
        if (!approved.ok) return failed(approved.error);
        terminal.note(`Approved by ${approved.value.approvedBy ?? ""}.`);
        return conductRest(application, approved.value, how);
      });
    });

  commandLine
    .common(members.command("approver-key"))
    .description("print the public key by which colleagues list you as an approver")
    .action(async (options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "write", async ({ membership }) => {
        const key = await membership.approverKey();
        if (!key.ok) return failed(key.error);
        terminal.answer(key.value);
        terminal.say(key.value.publicKey);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

function failed(failure: Failure): CommandResult {
  return { end: "failed", failure };
}
