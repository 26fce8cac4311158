import { expect, test } from "vitest";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { gramjsClient } from "./gramjs-client.ts";

test("gramjs signs in with phone number, code and password", async () => {
  const sandbox = await openSandbox();
  const client = gramjsClient(sandbox);
  const [owner] = sandbox.ready.telegram.accounts;
  await client.start({
    phoneNumber: async () => owner?.phone ?? "",
    phoneCode: async () => owner?.code ?? "",
    password: async () => owner?.password ?? "",
    onError: (error) => {
      throw error;
    },
  });
  const me = await client.getMe();
  expect([String(me.id), me.username]).toEqual([String(owner?.userId), owner?.username]);
});
