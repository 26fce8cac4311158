import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import type { OAuthStep } from "#shared/contract/connections.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { type Fake, refusal } from "../fake-router.ts";
import { nowMs } from "../fixture/clock.ts";
import { connectionsOf, TELEGRAM } from "../fixture/connections.ts";
import { fakeTelegramSignIn } from "./telegram-sign-in.ts";

type Os = ReturnType<typeof implement<Contract>>["connections"];

export function fakeConnections(os: Os, fake: Fake) {
  let connections = connectionsOf(fake.scenario);
  const add = (): Connection => {
    const [added] = connectionsOf("normal");
    if (!added) throw new Error("the fixture has connections");
    connections = [added];
    fake.announce("connections");
    return added;
  };
  const find = (id: string): Connection => {
    const found = connections.find((connection) => connection.id === id);
    if (!found) throw refusal("input/not-found");
    return found;
  };
  const addTelegram = (): Connection => {
    connections = [...connections.filter(({ id }) => id !== TELEGRAM.id), TELEGRAM];
    fake.announce("connections");
    return TELEGRAM;
  };
  return {
    telegramSignIn: fakeTelegramSignIn(os.telegramSignIn, fake, addTelegram),
    list: os.list.handler(() => connections),
    addSlackToken: os.addSlackToken.handler(async ({ input }) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      if (fake.scenario === "no-keychain") throw refusal("keychain/unavailable");
      if (input.token.startsWith("xoxb-")) throw refusal("slack/token-kind");
      if (!input.token.startsWith("xoxp-")) throw refusal("slack/token-invalid");
      return add();
    }),
    signInSlack: os.signInSlack.handler(async function* ({ signal }): AsyncGenerator<OAuthStep> {
      yield {
        step: "browser-opened",
        url: "https://slack.com/oauth/v2_user/authorize?client_id=123",
        expiresAtMs: nowMs() + 600_000,
      };
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      if (signal?.aborted) return;
      yield { step: "exchanging" };
      await new Promise((resolve) => setTimeout(resolve, 800));
      yield { step: "done", connection: add() };
    }),
    check: os.check.handler(async ({ input }) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      return { ...find(input.connectionId), checkedAtMs: Date.now() };
    }),
    remove: os.remove.handler(({ input }) => {
      find(input.connectionId);
      connections = connections.filter(({ id }) => id !== input.connectionId);
      fake.announce("connections");
    }),
    slackManifest: os.slackManifest.handler(() => ({
      json: JSON.stringify({ display_information: { name: "Muster" }, oauth_config: {} }, null, 2),
    })),
    openSandbox: os.openSandbox.handler(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      return add();
    }),
  };
}
