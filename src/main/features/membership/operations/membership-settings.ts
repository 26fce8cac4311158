import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import type { Reader } from "#main/store/store.ts";
import { DEFAULT_CHANGE_BUDGETS, MembershipSettings } from "#shared/domain/operation.ts";
import type { EngineDeps } from "../membership-deps.ts";

const SETTINGS = "membership";

const DEFAULTS: MembershipSettings = { budgets: DEFAULT_CHANGE_BUDGETS, approvalAbove: null, approvers: [] };

/** As stored; the defaults when there is nothing, or what there is no longer fits. */
export async function readMembershipSettings(read: Reader): Promise<MembershipSettings> {
  const stored = MembershipSettings.safeParse(await findSetting(read, SETTINGS));
  return stored.success ? stored.data : DEFAULTS;
}

/** The settings' part of the door. A lowered budget holds from the next step on, also in what runs already. */
export function createMembershipSettings(deps: Pick<EngineDeps, "store" | "activity" | "announce">): {
  getSettings(): Promise<MembershipSettings>;
  saveSettings(settings: MembershipSettings): Promise<MembershipSettings>;
} {
  const { store, activity, announce } = deps;
  return {
    getSettings: () => readMembershipSettings(store.read),
    async saveSettings(settings) {
      await store.write(async (writer) => {
        const before = await readMembershipSettings(writer);
        await saveSetting(writer, SETTINGS, settings);
        await activity.record(writer, {
          action: "membership.settings-changed",
          outcome: "done",
          details: { before, after: settings },
        });
        store.afterCommit(() => announce("operations"));
      });
      return settings;
    },
  };
}
