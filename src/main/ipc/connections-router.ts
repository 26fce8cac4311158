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
    telegramSignIn: answerTelegramSignIn(answers.telegramSignIn, connections.telegramSignIn),
    check: answers.check.handler(({ input }) => answerWith(connections.check(input))),
    remove: answers.remove.handler(({ input }) => answerWith(connections.remove(input))),
    slackManifest: answers.slackManifest.handler(() => connections.slackManifest()),
    openSandbox: answers.openSandbox.handler(() => answerWith(desktop.openSandbox())),
  };
}

function answerTelegramSignIn(
  answers: Answers["connections"]["telegramSignIn"],
  signIn: Doors["connections"]["telegramSignIn"],
) {
  return {
    begin: answers.begin.handler(({ input }) => answerWith(signIn.begin(input))),
    sendCode: answers.sendCode.handler(({ input }) => answerWith(signIn.sendCode(input))),
    resendCode: answers.resendCode.handler(({ input }) => answerWith(signIn.resendCode(input))),
    submitCode: answers.submitCode.handler(({ input }) => answerWith(signIn.submitCode(input))),
    submitPassword: answers.submitPassword.handler(({ input }) => answerWith(signIn.submitPassword(input))),
    watchQr: answers.watchQr.handler(async function* ({ input, signal }) {
      yield* signIn.watchQr(input, signal ?? new AbortController().signal);
    }),
    cancel: answers.cancel.handler(({ input }) => signIn.cancel(input)),
  };
}
