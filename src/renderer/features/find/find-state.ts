import { create } from "zustand";
import type { FindStep } from "#shared/contract/membership.ts";
import type { GroupKey, PersonId } from "#shared/domain/ids.ts";
import { Platform } from "#shared/domain/ids.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import type { ShownFailure } from "#renderer/api/to-failure.ts";

/** One live look at every group; kept while other screens are open, until the next. */
export interface Look {
  /** Null for every group of the accounts. */
  readonly personId: PersonId | null;
  readonly platforms: readonly Platform[];
  readonly state: "looking" | "done" | "cancelled" | "failed";
  readonly done: number;
  readonly total: number | null;
  readonly waits: FindStep["waits"];
  /** Null until it has ended. */
  readonly groups: readonly FoundGroup[] | null;
  readonly problems: FindStep["problems"];
  readonly failure: ShownFailure | null;
  readonly endedAtMs: number | null;
}

interface FindState {
  readonly look: Look | null;
  /** Where the next look asks. */
  readonly platforms: readonly Platform[];
  readonly picked: ReadonlySet<GroupKey>;
}

const NOTHING: ReadonlySet<GroupKey> = new Set();

export const useFind = create<FindState>(() => ({
  look: null,
  platforms: Platform.options,
  picked: NOTHING,
}));

export function choosePlatforms(platforms: readonly Platform[]): void {
  useFind.setState({ platforms });
}

/** Takes groups into the pick, or out of it. */
export function pickGroups(keys: readonly GroupKey[], isPicked: boolean): void {
  useFind.setState(({ picked }) => {
    const next = new Set(picked);
    for (const key of keys) {
      if (isPicked) next.add(key);
      else next.delete(key);
    }
    return { picked: next };
  });
}

export function clearPick(): void {
  useFind.setState({ picked: NOTHING });
}
