import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import type { Reader } from "#main/store/store.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { DEFAULT_CHANGE_BUDGETS, MembershipSettings } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { EngineDeps } from "../membership-deps.ts";
import { findOwnPublicKey } from "../signing/operator-key.ts";
import { properKey } from "../signing/signature.ts";

const SETTINGS = "membership";

const DEFAULTS: MembershipSettings = { budgets: DEFAULT_CHANGE_BUDGETS, approvalAbove: null, approvers: [] };

/** As stored; the defaults when there is nothing, or what there is no longer fits. */
export async function readMembershipSettings(read: Reader): Promise<MembershipSettings> {
  const stored = MembershipSettings.safeParse(await findSetting(read, SETTINGS));
  return stored.success ? stored.data : DEFAULTS;
}

/**
 * The settings' part of the door. A lowered budget holds from the next step on, also in what runs already; the rules about
 * approvals are looked at when an operation is confirmed, and the approvers when an approval comes in.
 *
 * Nobody approves for themselves: `membership/own-approval` for an approver with this Muster's own key. What changed is in
 * the activity log, limits and approvals each in a line of their own.
 */
export function createMembershipSettings(deps: Pick<EngineDeps, "store" | "activity" | "announce">): {
  getSettings(): Promise<MembershipSettings>;
  saveSettings(settings: MembershipSettings): Promise<Result<MembershipSettings, Failure>>;
} {
  const { store, activity, announce } = deps;
  return {
    getSettings: () => readMembershipSettings(store.read),
    async saveSettings(settings) {
      const refused = await store.write(async (writer): Promise<Failure | null> => {
        const ownKey = await findOwnPublicKey(writer);
        if (settings.approvers.some(({ publicKey }) => properKey(publicKey) === ownKey))
          return failure("membership/own-approval");
        const before = await readMembershipSettings(writer);
        await saveSetting(writer, SETTINGS, settings);
        for (const { action, details } of changesBetween(before, settings))
          await activity.record(writer, { action, outcome: "done", details });
        store.afterCommit(() => announce("operations"));
        return null;
      });
      return refused === null ? ok(settings) : err(refused);
    },
  };
}

/** One line for each of the two things that are set, where it was changed. */
function changesBetween(
  before: MembershipSettings,
  after: MembershipSettings,
): { readonly action: string; readonly details: Record<string, unknown> }[] {
  const parts = [
    { action: "membership.limits-changed", of: ({ budgets }: MembershipSettings) => budgets },
    {
      action: "membership.approval-changed",
      of: ({ approvalAbove, approvers }: MembershipSettings) => ({ approvalAbove, approvers }),
    },
  ];
  return parts
    .filter(({ of }) => JSON.stringify(of(before)) !== JSON.stringify(of(after)))
    .map(({ action, of }) => ({ action, details: { before: of(before), after: of(after) } }));
}
