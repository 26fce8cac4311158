import { answerWith } from "./answer.ts";
import type { Answers } from "./answers.ts";
import type { Doors } from "./doors.ts";

export function answerMembership(answers: Answers["membership"], { membership }: Doors) {
  return {
    list: answers.list.handler(({ input }) => membership.list(input)),
    get: answers.get.handler(({ input }) => answerWith(membership.get(input))),
    listSteps: answers.listSteps.handler(({ input }) => answerWith(membership.listSteps(input))),
    choose: answers.choose.handler(({ input }) => answerWith(membership.choose(input))),
    confirm: answers.confirm.handler(({ input }) => answerWith(membership.confirm(input))),
    cancel: answers.cancel.handler(({ input }) => answerWith(membership.cancel(input))),
    resume: answers.resume.handler(({ input }) => answerWith(membership.resume(input))),
    discard: answers.discard.handler(({ input }) => answerWith(membership.discard(input))),
    progress: answers.progress.handler(async function* ({ input, signal }) {
      yield* await answerWith(membership.progress(input, signal ?? new AbortController().signal));
    }),
    plan: answers.plan.handler(({ input }) => answerWith(membership.plan(input))),
    resolvePeople: answers.resolvePeople.handler(({ input }) => membership.resolvePeople(input)),
    resolveGroups: answers.resolveGroups.handler(({ input }) => membership.resolveGroups(input)),
    find: answers.find.handler(async function* ({ input, signal }) {
      yield* await answerWith(membership.find(input, signal ?? new AbortController().signal));
    }),
    getSettings: answers.getSettings.handler(() => membership.getSettings()),
    saveSettings: answers.saveSettings.handler(({ input }) => membership.saveSettings(input)),
  };
}
