import { expect, test } from "vitest";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { mtcuteClient } from "./mtcute-client.ts";

test("mtcute signs in with phone number, code and password", async () => {
  const sandbox = await openSandbox();
  const [owner] = sandbox.ready.telegram.accounts;
  const client = await mtcuteClient(sandbox);
  const me = await client.start({
    phone: owner?.phone ?? "",
    code: async () => owner?.code ?? "",
    password: owner?.password ?? "",
    codeSentCallback: () => {},
  });
  expect([me.id, me.username]).toEqual([owner?.userId, owner?.username]);
});
