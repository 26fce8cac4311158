import { join } from "node:path";
import { expect, test } from "vitest";
import { openSilentBus } from "#test/support/silent-bus.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { answerOf, muster } from "./muster.ts";

// That the command ends at all is half of what is tested: the library's call never returns.
test.skipIf(process.platform !== "linux")(
  "muster doctor names a Secret Service that never answers as a locked keychain, and ends by itself",
  { timeout: 60_000 },
  async () => {
    const bus = await openSilentBus();
    const profile = join(makeTemporaryFolder(), "profile");
    const ended = await muster(["doctor", "--profile", profile, "--json"], {
      env: { ...bus.env, DISPLAY: "" },
    });
    bus.close();

    const { checks } = answerOf<{ checks: { id: string; ok: boolean; finding: string }[] }>(ended);
    expect({ code: ended.code, keychain: checks.find(({ id }) => id === "keychain") }).toMatchObject({
      code: 5,
      keychain: { ok: false, finding: expect.stringContaining("[keychain/locked]") as string },
    });
  },
);
