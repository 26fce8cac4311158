import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import { DEFAULT_CHANGE_BUDGETS, type MembershipSettings } from "#shared/domain/operation.ts";
import { type Fake, refusal } from "../fake-router.ts";

type Os = ReturnType<typeof implement<Contract>>["membership"];

/** A Muster in which nothing was planned yet. */
export function fakeMembership(os: Os, fake: Fake) {
  let settings: MembershipSettings = { budgets: DEFAULT_CHANGE_BUDGETS, approvalAbove: null, approvers: [] };
  const unknown = () => {
    throw refusal("input/not-found");
  };
  return {
    list: os.list.handler(async () => {
      await fake.weather();
      return { items: [], nextCursor: null, total: 0 };
    }),
    get: os.get.handler(unknown),
    listSteps: os.listSteps.handler(unknown),
    choose: os.choose.handler(unknown),
    confirm: os.confirm.handler(unknown),
    cancel: os.cancel.handler(unknown),
    resume: os.resume.handler(unknown),
    discard: os.discard.handler(unknown),
    // eslint-disable-next-line require-yield -- there is nothing to stream
    progress: os.progress.handler(async function* () {
      unknown();
    }),
    plan: os.plan.handler(() => {
      throw refusal("membership/nothing-to-do");
    }),
    resolvePeople: os.resolvePeople.handler(({ input }) => {
      return { found: [], unknown: input.lines, duplicates: [], ambiguous: [] };
    }),
    resolveGroups: os.resolveGroups.handler(({ input }) => {
      return { found: [], unknown: input.lines, duplicates: [], ambiguous: [], emptyLines: 0 };
    }),
    find: os.find.handler(async function* () {
      await fake.weather();
      yield { done: 0, total: 0, groups: [], problems: [] };
    }),
    getSettings: os.getSettings.handler(() => settings),
    saveSettings: os.saveSettings.handler(({ input }) => {
      settings = input;
      fake.announce("operations");
      return settings;
    }),
  };
}
