import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import { RunId } from "#shared/domain/ids.ts";
import { type Fake, refusal } from "../fake-router.ts";
import { destinationsOf, noticedOf, schedulesOf, tellingOf } from "../fixture/insights.ts";

type Os = ReturnType<typeof implement<Contract>>["insights"];

export function fakeInsights(os: Os, fake: Fake) {
  let schedules = schedulesOf(fake.scenario);
  let telling = tellingOf(fake.scenario);
  let noticed = noticedOf(fake.scenario);
  return {
    listSchedules: os.listSchedules.handler(async () => {
      await fake.weather();
      return schedules;
    }),
    setSchedule: os.setSchedule.handler(({ input }) => {
      const found = schedules.find(({ id }) => id === input.id);
      if (!found || input.cron.split(" ").length !== 5) throw refusal("input/schedule-invalid");
      const nextAtMs = input.enabled ? Date.now() + 9 * 3_600_000 : null;
      const changed = { ...found, ...input, nextAtMs };
      schedules = schedules.map((schedule) => (schedule.id === input.id ? changed : schedule));
      fake.announce("schedules");
      return changed;
    }),
    runSchedule: os.runSchedule.handler(() => ({ runId: RunId.parse("run-20") })),
    getTelling: os.getTelling.handler(async () => {
      await fake.weather();
      return telling;
    }),
    saveTelling: os.saveTelling.handler(({ input }) => {
      const { mail } = input.settings;
      if (mail.enabled && mail.host === "") throw refusal("input/telling-incomplete");
      telling = { ...telling, settings: input.settings };
      fake.announce("telling");
      return telling;
    }),
    listDestinations: os.listDestinations.handler(async ({ input }) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (fake.scenario === "offline") throw refusal("network/unreachable");
      const all = destinationsOf(input.connectionId).filter(({ name, target }) =>
        `${name} ${target}`.toLowerCase().includes(input.search.toLowerCase()),
      );
      return { items: all.slice(0, input.limit), nextCursor: null, total: all.length };
    }),
    testTelling: os.testTelling.handler(async ({ input }) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      if (input.channel === "mail") throw refusal("mail/login-refused");
    }),
    retryTelling: os.retryTelling.handler(() => undefined),
    noticed: os.noticed.handler(() => noticed),
    dismissNoticed: os.dismissNoticed.handler(({ input }) => {
      noticed = noticed.filter(({ id }) => id !== input.id);
      fake.announce("noticed");
    }),
  };
}
