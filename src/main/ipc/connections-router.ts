import { answerWith } from "./answer.ts";
import type { Answers } from "./answers.ts";
import type { Doors } from "./doors.ts";

export function answerConnections(answers: Answers["connections"], { connections, desktop }: Doors) {
  return {
    list: answers.list.handler(() => connections.list()),
    addSlackToken: answers.addSlackToken.handler(({ input }) => answerWith(connections.addSlackToken(input))),
    signInSlack: answers.signInSlack.handler(async function* ({ input, signal }) {
      yield* connections.signInSlack(input, signal ?? new AbortController().signal);
    }),
    check: answers.check.handler(({ input }) => answerWith(connections.check(input))),
    remove: answers.remove.handler(({ input }) => answerWith(connections.remove(input))),
    slackManifest: answers.slackManifest.handler(() => connections.slackManifest()),
    openSandbox: answers.openSandbox.handler(() => answerWith(desktop.openSandbox())),
  };
}
