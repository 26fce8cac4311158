import { openTelegramSession, type TelegramSession } from "#main/platforms/telegram/index.ts";
import { listOperations } from "#main/store/queries/operations.ts";
import type { Store } from "#main/store/index.ts";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import type { OperationRequest } from "#shared/domain/operation.ts";
import { silentLog } from "#shared/lib/log.ts";
import { ok } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Clock } from "#shared/lib/time.ts";
import { labConnection } from "#test/support/coverage-lab.ts";
import { openPlanningLab, type PlanningLab } from "#test/support/planning-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { accessTo, valueOf } from "#test/support/telegram-sign-in.ts";

/** What a process is told when it starts. */
export interface LifeInput {
  readonly ready: SandboxReady;
  readonly teamAndRules: TeamAndRules;
  readonly secret: string;
  readonly request: OperationRequest;
  /** The how-manieth operation of this profile it is. */
  readonly turn: number;
}

/** How a life ended that was not cut short: the state its operation is in. */
export interface Life {
  readonly lab: PlanningLab;
  /** Takes the operation up wherever it is, and carries it to an end or to a pause. */
  live(): Promise<string>;
  close(): Promise<void>;
}

/** Sees everybody, so that the account can address them; what it meets on the way is met again by the operation. */
async function meetPeople(session: TelegramSession): Promise<void> {
  const { signal } = new AbortController();
  const groups = await session.fetchGroups({ cursor: null, signal });
  const everybody = groups.ok ? groups.value.items.find(({ title }) => title === "Everybody") : undefined;
  if (everybody) await session.fetchMembers({ group: everybody, cursor: null, signal });
}

/** One process at work in a profile: Slack and Telegram of a sandbox, and everything above them as it is. */
export async function beginLife(input: LifeInput, store: Store, clock: Clock): Promise<Life> {
  const { ready } = input;
  const session = valueOf(
    await openTelegramSession({
      ...accessTo(ready),
      secret: input.secret,
      clock: systemClock,
      log: silentLog,
      pacing: { windowScale: 0, longestWaitMs: 0 },
      retryPauseMs: 10,
      deadlineMs: 1_500,
    }),
  );
  await meetPeople(session);
  const userId = String(ready.telegram.accounts[0]?.userId);
  const telegram = {
    connection: labConnection("-", userId, {
      id: ConnectionId.parse(`telegram:-:${userId}`),
      platform: "telegram",
      workspaceId: null,
    }),
    openTelegram: () => ok(session),
  };
  const lab = await openPlanningLab({
    connections: [connectionTo({ ready }, { limitWindowMs: 1, deadlineMs: 500 }), telegram],
    teamAndRules: input.teamAndRules,
    store,
    clock,
  });

  async function live(): Promise<string> {
    for (;;) {
      const operations = await listOperations(store.read, { before: null, limit: 100 });
      const row = operations.toReversed()[input.turn];
      if (row === undefined) {
        await lab.settle(input.request);
        continue;
      }
      const operationId = row.id;
      if (row.state === "planning") await lab.settled(operationId);
      else if (row.state === "planned") {
        const detail = await lab.membership.get({ operationId });
        if (!detail.ok) throw new Error(detail.error.code);
        const typed = detail.value.typedConfirmation;
        const confirmed = await lab.membership.confirm({ operationId, typed });
        if (!confirmed.ok) return confirmed.error.code;
      } else if (row.state === "running" && row.runJobId !== null) await lab.jobs.settled(row.runJobId);
      else return [row.state, ...(row.failure ? [row.failure.code] : [])].join(" ");
    }
  }

  return {
    lab,
    live,
    async close() {
      await lab.stop();
      await session.close();
    },
  };
}
