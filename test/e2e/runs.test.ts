import { expect, test } from "@playwright/test";
import { look } from "#test/support/e2e/look.ts";
import { setStage } from "#test/support/e2e/set-stage.ts";
import {
  auditAndReport,
  auditStrip,
  notification,
  showScreen,
  startAudit,
  untilAudited,
  untilLoaded,
} from "#test/support/e2e/steps.ts";

const stage = setStage({
  // Four audits that read every member list, within the 100 lists a minute that Slack allows.
  world: { generate: { channels: 40, customerChannels: 24, people: 120 } },
  signedInTo: "slack",
});

test("two runs compared name the new gap, the closed gap and the renamed group", async () => {
  const { page } = stage.muster;
  await showScreen(page, "Runs");
  await look(page, "runs-empty");
  const { results, groups, people } = await auditAndReport(stage.muster);
  const truth = await stage.sandbox.truth();
  // The owner of the token stays where they are: a private channel without them would disappear.
  const others = new Map(
    truth.people.filter(({ tokenOwner }) => !tokenOwner).map(({ id, slackUserId }) => [id, slackUserId]),
  );
  const customers = groups.filter(
    ({ isArchived, categoryName }) => !isArchived && categoryName === "BD customer",
  );
  const found = (presence: "present" | "absent") => {
    for (const group of customers) {
      const result = results.find(
        (one) => one.groupKey === group.key && one.presence === presence && others.has(one.personId),
      );
      if (!result) continue;
      const name = people.find(({ personId }) => personId === result.personId)?.name;
      const user = others.get(result.personId) ?? "";
      return { channel: group.groupId, user, line: `${name} in ${group.name}` };
    }
    throw new Error(`nobody is ${presence} anywhere`);
  };
  const [gone, come] = [found("present"), found("absent")];
  const renamed = customers.find(({ groupId }) => ![gone.channel, come.channel].includes(groupId));
  if (!renamed) throw new Error("the world has no third group");
  await stage.sandbox.change({ kind: "remove-member", channel: gone.channel, user: gone.user });
  await stage.sandbox.change({ kind: "add-member", channel: come.channel, user: come.user });
  await stage.sandbox.change({
    kind: "rename-channel",
    channel: renamed.groupId,
    name: "bitsafe-under-a-new-name",
  });

  await showScreen(page, "Runs");
  await startAudit(page);
  await untilAudited(page, 2);
  await page.getByRole("main").getByRole("link", { name: "Compare", exact: true }).click();
  await untilLoaded(page);
  const change = (name: string) => page.getByRole("region", { name }).getByRole("listitem");
  await expect(change("New gaps")).toHaveText([new RegExp(gone.line)]);
  await expect(change("Closed gaps")).toHaveText([new RegExp(come.line)]);
  await expect(change("Renamed groups")).toHaveText([`${renamed.name} → bitsafe-under-a-new-name`]);
  await look(page, "compare");
});

test("a cancelled audit keeps what it read, and is resumed to its end", async () => {
  const { page } = stage.muster;
  await stage.sandbox.fault({ method: "conversations.members", kind: "slow", after: 3, delayMs: 8_000 });
  await showScreen(page, "Runs");
  await startAudit(page, "By group");
  await expect(auditStrip(page)).toContainText(/[1-9]\d* of \d+/);
  await look(page, "audit-under-way");
  await auditStrip(page).getByRole("button", { name: "Cancel audit" }).click();
  await expect(notification(page, "Audit cancelled. What was read so far is kept.")).toBeVisible();
  const cancelled = page.getByRole("table", { name: "Runs" }).getByRole("row", { name: /Cancelled/ });
  await cancelled.getByRole("link").click();
  await expect(page.getByRole("main").getByRole("button", { name: "Resume" })).toBeVisible();
  await look(page, "run-cancelled");
  await stage.sandbox.clearFaults();
  await page.getByRole("main").getByRole("button", { name: "Resume" }).click();
  await untilAudited(page, 3);
});

test("a token revoked mid-run pauses the audit, which asks to sign in again", async () => {
  const { page } = stage.muster;
  await stage.sandbox.fault({ method: "conversations.members", kind: "revoke", after: 10 });
  await showScreen(page, "Runs");
  await startAudit(page, "By group");
  await expect(auditStrip(page)).toContainText("Audit paused.");
  await look(page, "audit-paused");
  await auditStrip(page).getByRole("link", { name: "Sign in again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connections");
  const card = page.getByRole("list", { name: "Connections" }).getByRole("article");
  await expect(card).toContainText("Signed out");
  await look(page, "connection-signed-out");
});

test("signing in again through the browser lets the paused audit go on by itself", async () => {
  const { page, application } = stage.muster;
  await application.evaluate(({ shell }) => {
    shell.openExternal = (url) => {
      Object.assign(globalThis, { openedUrl: url });
      return Promise.resolve();
    };
  });
  await page.getByRole("main").getByRole("button", { name: "Sign in again" }).click();
  const dialog = page.getByRole("dialog", { name: /again$/ });
  await dialog.getByRole("tab", { name: "Sign in with Slack" }).click();
  await dialog.getByRole("textbox", { name: "Client id" }).fill(stage.sandbox.ready.slack.clientId);
  await dialog
    .getByRole("textbox", { name: /^Sign-in page/ })
    .fill(stage.sandbox.ready.slack.oauthAuthorizeUrl);
  await dialog.getByRole("button", { name: "Sign in with the browser" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Waiting for you to allow access in the browser");
  await look(page, "sign-in-waiting");
  const url = await application.evaluate(() => String((globalThis as { openedUrl?: unknown }).openedUrl));
  await decide(url, "allow");
  await expect(dialog).toBeHidden();
  await untilAudited(page, 4);
});

test("a sign-in that was declined in the browser says so and can be tried again", async () => {
  const { page, application } = stage.muster;
  await showScreen(page, "Connections");
  await page.getByRole("button", { name: "Connect Slack" }).click();
  const dialog = page.getByRole("dialog", { name: "Connect a Slack workspace" });
  await dialog.getByRole("tab", { name: "Sign in with Slack" }).click();
  await dialog.getByRole("textbox", { name: "Client id" }).fill(stage.sandbox.ready.slack.clientId);
  await dialog.getByRole("button", { name: "Another address than slack.com" }).click();
  await dialog.getByRole("textbox", { name: /^API address/ }).fill(stage.sandbox.ready.slack.apiUrl);
  await dialog
    .getByRole("textbox", { name: /^Sign-in page/ })
    .fill(stage.sandbox.ready.slack.oauthAuthorizeUrl);
  await dialog.getByRole("button", { name: "Sign in with the browser" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Waiting for you to allow access in the browser");
  const url = await application.evaluate(() => String((globalThis as { openedUrl?: unknown }).openedUrl));
  await decide(url, "deny");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Try again in the browser" })).toBeVisible();
  await look(page, "sign-in-declined");
});

/** What a person does in the browser: reads the page, clicks, and is sent back to the product. */
async function decide(url: string, decision: "allow" | "deny"): Promise<void> {
  const page = await (await fetch(url)).text();
  const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const answer = await fetch(new URL("/oauth/decision", url), {
    method: "POST",
    body: new URLSearchParams({ request, decision }),
    redirect: "manual",
  });
  await (await fetch(answer.headers.get("location") ?? "")).text();
}
