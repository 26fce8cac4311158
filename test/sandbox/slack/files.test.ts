import { describe, expect, test } from "vitest";
import { officialClient, openSandbox, refusalOf } from "#test/sandbox/open-sandbox.ts";

describe("a file", () => {
  test("goes up with files.uploadV2 and comes down with the token", async () => {
    const sandbox = await openSandbox();
    const { tokens } = sandbox.ready.slack;
    const client = officialClient(sandbox, tokens.full);
    const channel =
      sandbox.control.truth().groups.find((group) => group.customer && group.visibleToToken)?.id ?? "";
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 1, 2, 3]);
    await client.files.uploadV2({
      channel_id: channel,
      filename: "größe.bin",
      file: bytes,
      initial_comment: "here",
    });
    const message = (await client.conversations.history({ channel, limit: 1 })).messages?.[0];
    expect(message?.text).toBe("here");
    const file = message?.files?.[0];
    expect(file).toMatchObject({ name: "größe.bin", size: bytes.length });
    const response = await fetch(file?.url_private_download ?? "", {
      headers: { authorization: `Bearer ${tokens.full}` },
    });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect((await client.files.info({ file: file?.id ?? "" })).file?.id).toBe(file?.id);
    expect((await client.files.list({ channel })).files?.map((one) => one.id)).toEqual([file?.id]);
    await client.files.delete({ file: file?.id ?? "" });
    expect(await refusalOf(client.files.info({ file: file?.id ?? "" }))).toMatchObject({
      error: "file_not_found",
    });
  });

  test("asked for without a good token is a sign-in page with status 200, as at Slack", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    await client.files.uploadV2({ filename: "a.txt", content: "secret" });
    const [file] = (await client.files.list({})).files ?? [];
    const response = await fetch(file?.url_private ?? "");
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
    expect(await response.text()).not.toContain("secret");
  });

  test("shared nowhere stays invisible to others", async () => {
    const sandbox = await openSandbox();
    const { tokens } = sandbox.ready.slack;
    await officialClient(sandbox, tokens.full).files.uploadV2({ filename: "a.txt", content: "mine" });
    expect((await officialClient(sandbox, tokens.bot).files.list({})).files).toEqual([]);
    const [file] = (await officialClient(sandbox, tokens.full).files.list({})).files ?? [];
    const read = async (token: string): Promise<string> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(file?.url_private ?? "", { headers })).text();
    };
    expect(await read(tokens.full)).toBe("mine");
    for (const token of [tokens.bot, tokens.missingScope, tokens.revoked]) {
      expect(await read(token)).toContain("Sign in to your workspace");
    }
  });

  test("is not completed before its bytes arrived, nor into a channel one is not in", async () => {
    const sandbox = await openSandbox();
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const announced = await client.files.getUploadURLExternal({ filename: "a.txt", length: 3 });
    const files: [{ id: string; title: string }] = [{ id: announced.file_id ?? "", title: "A" }];
    expect(await refusalOf(client.files.completeUploadExternal({ files }))).toMatchObject({
      error: "file_not_found",
    });
    const wrong = await fetch(announced.upload_url ?? "", { method: "POST", body: "too long" });
    expect(wrong.status).toBe(400);
    const form = new FormData();
    form.set("filename", new Blob(["abc"]), "a.txt");
    expect((await fetch(announced.upload_url ?? "", { method: "POST", body: form })).status).toBe(200);
    expect((await client.files.completeUploadExternal({ files })).files?.[0]).toMatchObject({
      title: "A",
      size: 3,
    });
  });
});
