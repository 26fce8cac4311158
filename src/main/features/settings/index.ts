import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import type { Reader, Store } from "#main/store/store.ts";
import { type ChangeTopic, Settings } from "#shared/contract/app.ts";

const settingName = "console";

export const defaultSettings: Settings = { theme: "system", density: "comfortable", backupsKept: 7 };

/** The settings as stored; what is missing or no longer fits its schema falls back to the default. */
export async function readSettings(read: Reader): Promise<Settings> {
  const stored = Settings.partial().safeParse(await findSetting(read, settingName));
  return { ...defaultSettings, ...stored.data };
}

export interface SettingsFeature {
  getSettings(): Promise<Settings>;
  /** Changes what is given and keeps the rest. */
  updateSettings(change: Partial<Settings>): Promise<Settings>;
}

export interface SettingsDependencies {
  readonly store: Store;
  readonly announce: (topic: ChangeTopic) => void;
}

/** What the operator prefers. */
export function createSettings({ store, announce }: SettingsDependencies): SettingsFeature {
  return {
    getSettings: () => readSettings(store.read),
    async updateSettings(change) {
      const next = await store.write(async (writer) => {
        const settings = { ...(await readSettings(writer)), ...change };
        await saveSetting(writer, settingName, settings);
        return settings;
      });
      announce("settings");
      return next;
    },
  };
}
