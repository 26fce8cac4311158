import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import type { Store } from "#main/store/store.ts";
import { type ChangeTopic, Settings } from "#shared/contract/app.ts";

const settingName = "console";

export const defaultSettings: Settings = { theme: "system", density: "comfortable", backupsKept: 7 };

export interface SettingsFeature {
  getSettings(): Promise<Settings>;
  /** Changes what is given and keeps the rest. */
  updateSettings(change: Partial<Settings>): Promise<Settings>;
}

export interface SettingsDependencies {
  readonly store: Store;
  readonly announce: (topic: ChangeTopic) => void;
}

/** What the operator prefers. A stored value that no longer fits its schema falls back to the default. */
export function createSettings({ store, announce }: SettingsDependencies): SettingsFeature {
  async function getSettings(): Promise<Settings> {
    const stored = Settings.partial().safeParse(await findSetting(store.read, settingName));
    return { ...defaultSettings, ...stored.data };
  }

  return {
    getSettings,
    async updateSettings(change) {
      const next = await store.write(async (writer) => {
        const settings = { ...(await getSettings()), ...change };
        await saveSetting(writer, settingName, settings);
        return settings;
      });
      announce("settings");
      return next;
    },
  };
}
