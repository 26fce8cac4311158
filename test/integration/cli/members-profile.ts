import { join } from "node:path";
import type { OperationStep } from "#shared/domain/operation.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import type { KeyringSession } from "./keyring.ts";
import { answerOf, type Ended, type Muster, muster, startMuster } from "./muster.ts";
import type { RunningSandbox } from "./sandbox.ts";
import type { Truth } from "./truth.ts";

/** What these tests need of what `members … --json` prints. */
export interface OperationAnswer {
  readonly operationId: string;
  readonly state: string;
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<OperationStep["state"], number>>;
  readonly typedConfirmation: string | null;
  readonly groupLines: unknown;
  readonly logs: { readonly log: string; readonly workbook: string; readonly state: string } | null;
  readonly steps: readonly OperationStep[];
  readonly failure: { readonly code: string } | null;
}

/** A data folder with the sandbox's workspace, its team, and the results of one audit. */
export interface MembersProfile {
  readonly folder: string;
  /** `muster members … --json`. */
  members(args: readonly string[], stdin?: string): Promise<Ended>;
  /** The same, as a person reads it. */
  read(args: readonly string[]): Promise<Ended>;
  start(args: readonly string[]): Muster;
}

export async function openMembersProfile(
  keyring: KeyringSession,
  sandbox: RunningSandbox,
  token: string = sandbox.ready.slack.tokens.full,
): Promise<MembersProfile> {
  const folder = join(makeTemporaryFolder(), "profile");
  const run = (args: readonly string[], stdin = ""): Promise<Ended> =>
    muster([...args, "--profile", folder], { env: keyring.env, stdin });
  await run(["connections", "add", "slack", "--token-stdin", "--api-url", sandbox.ready.slack.apiUrl], token);
  await run(["team", "import", "-"], sandbox.rules);
  const audit = await run(["audit", "--slack"]);
  if (audit.code !== 0) throw new Error(audit.stderr);
  return {
    folder,
    members: (args, stdin = "") => run(["members", ...args, "--json"], stdin),
    read: (args) => run(["members", ...args]),
    start: (args) => startMuster(["members", ...args, "--json", "--profile", folder], { env: keyring.env }),
  };
}

/** Who is in which Slack channel, as the sandbox says: `name: ids` of each, sorted. */
export async function readSlackTruth(
  sandbox: RunningSandbox,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const truth = answerOf<Truth>(
    await muster(["sandbox", "truth", "--json", "--control", sandbox.ready.controlUrl]),
  );
  return new Map(
    truth.groups
      .filter(({ platform }) => platform === "slack")
      .map(({ id, memberIds }) => [id, new Set(memberIds)]),
  );
}

/** `C1 +U1`, `C1 -U1`: what changed between two truths. */
export function changesBetween(
  before: ReadonlyMap<string, ReadonlySet<string>>,
  after: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const changes = [...before].flatMap(([id, members]) => {
    const now = after.get(id) ?? new Set<string>();
    return [
      ...[...now].filter((member) => !members.has(member)).map((member) => `${id} +${member}`),
      ...[...members].filter((member) => !now.has(member)).map((member) => `${id} -${member}`),
    ];
  });
  return changes.sort();
}

/** Names of channels by their id. */
export async function readSlackNames(sandbox: RunningSandbox): Promise<Readonly<Record<string, string>>> {
  const truth = answerOf<Truth>(
    await muster(["sandbox", "truth", "--json", "--control", sandbox.ready.controlUrl]),
  );
  const channels = truth.groups.filter(({ platform }) => platform === "slack");
  return Object.fromEntries(channels.map(({ id, name }) => [id, name]));
}
