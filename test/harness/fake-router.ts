import { implement, ORPCError } from "@orpc/server";
import { contract } from "#shared/contract/index.ts";
import type { ChangeTopic, Settings } from "#shared/contract/app.ts";
import { type FailureCode, type FailureFacts, failure } from "#shared/domain/failure.ts";
import type { Scenario } from "./scenario.ts";
import { fakeApp } from "./router/app.ts";
import { fakeConnections } from "./router/connections.ts";
import { fakeCoverage } from "./router/coverage.ts";
import { fakeInsights } from "./router/insights.ts";
import { fakeMembership } from "./router/membership.ts";
import { fakeOffboarding } from "./router/offboarding.ts";
import { fakeRecurrences } from "./router/recurrences.ts";
import { fakeTeam } from "./router/team.ts";
import { activityOf } from "./fixture/activity.ts";
import { jobsOf } from "./fixture/jobs.ts";
import { Announcements } from "./announcements.ts";

/** What every part of the imagined main process shares. */
export interface Fake {
  readonly scenario: Scenario;
  readonly announcements: Announcements;
  announce(topic: ChangeTopic): void;
  /** Answers late, never or with a failure, as the scenario wants. */
  weather(): Promise<void>;
}

/** The whole contract on memory only. */
export function fakeRouter(scenario: Scenario, appearance: Pick<Settings, "theme" | "density">) {
  const os = implement(contract);
  const announcements = new Announcements();
  const fake: Fake = {
    scenario,
    announcements,
    announce: (topic) => announcements.send(topic),
    async weather() {
      if (scenario === "slow") await new Promise(() => {});
      if (scenario === "error") throw refusal("store/read-only");
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
  const entries = activityOf(scenario === "first-run" ? 0 : 240);
  let jobs = jobsOf(scenario);
  return os.router({
    app: fakeApp(os.app, fake, appearance),
    connections: fakeConnections(os.connections, fake),
    team: fakeTeam(os.team, fake),
    coverage: fakeCoverage(os.coverage, fake),
    insights: fakeInsights(os.insights, fake),
    membership: {
      ...fakeMembership(os.membership, fake),
      ...fakeOffboarding(os.membership, fake),
      ...fakeRecurrences(os.membership, fake),
    },
    activity: {
      list: os.activity.list.handler(async ({ input }) => {
        await fake.weather();
        const search = input.search.toLowerCase();
        const found = entries.filter((entry) => JSON.stringify(entry).toLowerCase().includes(search));
        const from = Number(input.cursor ?? 0);
        const next = from + input.limit;
        return {
          items: found.slice(from, next),
          nextCursor: next < found.length ? String(next) : null,
          total: found.length,
        };
      }),
      verify: os.activity.verify.handler(() =>
        scenario === "failed"
          ? {
              intact: false as const,
              entries: entries.length,
              brokenAtSeq: 117,
              problem: "edited" as const,
              explanation: "Line 117 does not fit its own hash.",
            }
          : { intact: true as const, entries: entries.length },
      ),
    },
    jobs: {
      list: os.jobs.list.handler(() => jobs),
      retry: os.jobs.retry.handler(() => undefined),
      discard: os.jobs.discard.handler(({ input }) => {
        jobs = jobs.filter((job) => job.id !== input.jobId);
        fake.announce("jobs");
      }),
    },
  });
}

/** A declared failure as the main process would answer it. */
export function refusal(code: FailureCode, facts: FailureFacts = {}): ORPCError<string, unknown> {
  const shown = failure(code, facts);
  return new ORPCError(code, { status: 422, message: shown.message, data: { failure: shown } });
}
