import {
  beginTelegramSignIn,
  openTelegramSession,
  type TelegramSession,
  type TelegramSessionOptions,
} from "#main/platforms/telegram/index.ts";
import { compileGroupRules } from "#main/features/coverage/policy/group-rules.ts";
import { resolveRequirements } from "#main/features/coverage/policy/requirements.ts";
import type { SingleRunReport } from "#main/features/coverage/index.ts";
import type { Sandbox, SandboxReady } from "#sandbox/start-sandbox.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { silentLog } from "#shared/lib/log.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { labConnection, type LabConnection, type TelegramLabConnection } from "./coverage-lab.ts";
import { connectionTo, settledCells, teamOf, type TruthTeller } from "./sandbox-audit.ts";

/** The team of a sandbox's world with the accounts of both platforms. */
export function bothTeamsOf(sandbox: TruthTeller): TeamAndRules {
  const { team, rules } = teamOf(sandbox);
  const people = new Map<string, ReturnType<Sandbox["control"]["truth"]>["people"][number]>(
    sandbox.control.truth().people.map((person) => [person.id, person]),
  );
  return {
    rules,
    team: team.map((member) => {
      const person = people.get(member.id);
      if (!person || person.telegramUserId === null) return member;
      return {
        ...member,
        identities: [
          ...member.identities,
          {
            platform: "telegram",
            workspaceId: null,
            userId: String(person.telegramUserId),
            username: person.telegramUsername,
            state: "resolved",
            checkedAtMs: null,
          },
        ],
      };
    }),
  };
}

/** Signs the token owner's Telegram account in, as the product does, and opens its session. */
export async function connectTelegram(
  { telegram }: SandboxReady,
  pacing: { readonly windowScale?: number; readonly longestWaitMs?: number } = { windowScale: 0 },
  memory: Pick<TelegramSessionOptions, "peers" | "onPeers"> = {},
): Promise<TelegramLabConnection & { readonly session: TelegramSession }> {
  const [owner] = telegram.accounts;
  if (!owner) throw new Error("the world has no Telegram account");
  const common = {
    app: { apiId: telegram.apiId, apiHash: telegram.apiHash },
    server: { host: telegram.dc.host, port: telegram.dc.port, publicKeyPem: telegram.publicKeyPem },
    clock: systemClock,
    log: silentLog,
  };
  const flow = valueOf(await beginTelegramSignIn(common));
  valueOf(await flow.sendCode(owner.phone));
  const entered = valueOf(await flow.submitCode(owner.code));
  if (entered.step === "password") valueOf(await flow.submitPassword(owner.password ?? ""));
  const secret = flow.secret();
  await flow.cancel();
  const session = valueOf(
    await openTelegramSession({ ...common, ...memory, secret, pacing, retryPauseMs: 10 }),
  );
  const userId = String(owner.userId);
  return {
    session,
    connection: labConnection("-", userId, {
      id: ConnectionId.parse(`telegram:-:${userId}`),
      platform: "telegram",
      workspaceId: null,
    }),
    openTelegram: () => ok(session),
  };
}

export interface BothConnections {
  readonly connections: LabConnection[];
  close(): Promise<void>;
}

/** Slack and Telegram of one sandbox. */
export async function connectBoth(sandbox: { readonly ready: SandboxReady }): Promise<BothConnections> {
  const telegram = await connectTelegram(sandbox.ready);
  return { connections: [connectionTo(sandbox), telegram], close: () => telegram.session.close() };
}

/** What a report says against what is so in the sandbox, on both platforms. */
export interface Verdict {
  /** Cells that are not what they are, and cells that are missing or should not be there. */
  readonly wrong: string[];
  /** Unknown cells without a reason in the world that explains them. */
  readonly unjustified: string[];
  readonly settled: number;
  readonly unknown: number;
}

/** Compares every cell of a report about both platforms with the truth. */
export function judge(sandbox: TruthTeller, report: SingleRunReport, { team, rules }: TeamAndRules): Verdict {
  const truth = sandbox.control.truth();
  const compiled = compileGroupRules(rules);
  const people = new Map<string, (typeof truth.people)[number]>(
    truth.people.map((person) => [person.id, person]),
  );
  const said = settledCells(report);
  const wrong: string[] = [];
  const unjustified: string[] = [];
  let settled = 0;
  let unknown = 0;
  for (const group of truth.groups) {
    const isVisible = group.platform === "slack" ? group.visibleToToken : group.visibleToAccount;
    const named = { platform: group.platform, groupId: group.id, name: group.name };
    if (!isVisible || group.kind === "channel" || !compiled.isCustomerGroup(named)) continue;
    const members = new Set(group.memberIds);
    const isHidden = group.platform === "telegram" && group.hiddenMembers;
    for (const personId of resolveRequirements(compiled.findCategory(named), team).keys()) {
      const person = people.get(personId);
      const account = group.platform === "slack" ? person?.slackUserId : person?.telegramUserId;
      const cell = `${group.id} ${personId}`;
      const is = said[cell] ?? "not said";
      delete said[cell];
      if (is.startsWith("unknown")) {
        unknown += 1;
        const isExplained =
          (account === null && is.endsWith("no-identity")) || (isHidden && is.endsWith("members-hidden"));
        if (!isExplained) unjustified.push(`${cell}: ${is}`);
      } else {
        settled += 1;
        const expected = members.has(String(account)) ? "present" : "absent";
        if (is !== expected) wrong.push(`${cell}: ${is}, is ${expected}`);
      }
    }
  }
  wrong.push(...Object.keys(said).map((cell) => `${cell}: out of scope`));
  return { wrong, unjustified, settled, unknown };
}

function valueOf<Value>(result: Result<Value, Failure>): Value {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code} ${JSON.stringify(result.error.facts)}`);
}
