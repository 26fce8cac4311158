import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import type { Notice, Settings } from "#shared/contract/app.ts";
import { failure } from "#shared/domain/failure.ts";
import type { Fake } from "../fake-router.ts";

type Os = ReturnType<typeof implement<Contract>>["app"];

export function fakeApp(os: Os, fake: Fake, appearance: Pick<Settings, "theme" | "density">) {
  const hasKeychain = fake.scenario !== "notices" && fake.scenario !== "no-keychain";
  let settings: Settings = { ...appearance, backupsKept: 5 };
  let notices: Notice[] =
    fake.scenario === "notices"
      ? [
          {
            id: "damaged",
            failure: failure("store/damaged", { path: "~/.config/Muster/muster.db.damaged-2026-11-20" }),
          },
          { id: "locked", failure: failure("keychain/locked") },
        ]
      : [];
  return {
    info: os.info.handler(() => ({
      version: "0.1.0",
      electron: "42.0.0",
      node: "24.15.0",
      os: "linux" as const,
      profileFolder: "/home/ana/.config/Muster",
      isSandbox: fake.scenario !== "first-run" && fake.scenario !== "no-keychain",
    })),
    notices: os.notices.handler(() => notices),
    dismissNotice: os.dismissNotice.handler(({ input }) => {
      notices = notices.filter(({ id }) => id !== input.id);
      fake.announce("notices");
    }),
    changes: os.changes.handler(({ signal }) => fake.announcements.listen(signal)),
    getSettings: os.getSettings.handler(() => settings),
    updateSettings: os.updateSettings.handler(({ input }) => {
      const given = Object.entries(input).filter(([, value]) => value !== undefined);
      settings = { ...settings, ...(Object.fromEntries(given) as Partial<Settings>) };
      fake.announce("settings");
      return settings;
    }),
    doctor: os.doctor.handler(() => [
      { id: "runtime" as const, ok: true, finding: "Electron 42.0.0, Node 24.15.0", todo: null },
      {
        id: "keychain" as const,
        ok: hasKeychain,
        finding: hasKeychain ? "gnome-keyring answers." : "No keychain answers.",
        todo: hasKeychain ? null : "Unlock the keychain, then try again.",
      },
      { id: "database" as const, ok: true, finding: "Intact; 5 backups kept.", todo: null },
      { id: "network" as const, ok: true, finding: "slack.com answers in 84 ms.", todo: null },
      { id: "clock" as const, ok: true, finding: "Differs from Slack's by 0.2 s.", todo: null },
    ]),
    revealFile: os.revealFile.handler(() => undefined),
    openGroup: os.openGroup.handler(() => undefined),
  };
}
