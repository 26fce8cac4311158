import type { PersonId } from "#shared/domain/ids.ts";
import type { StepAction } from "#shared/domain/operation.ts";

/** Somebody with rights in a group. */
export interface RightHolder {
  readonly userId: string;
  readonly isOwner: boolean;
  /** May change the title and the other information. */
  readonly mayChangeInfo: boolean;
  readonly mayInvite: boolean;
  readonly mayRemove: boolean;
}

/** Those of the holders who may do it, the owner first, otherwise in their order. */
export function whoMay<Holder extends RightHolder>(action: StepAction, holders: readonly Holder[]): Holder[] {
  const may = (holder: Holder): boolean => {
    switch (action) {
      case "add":
        return holder.mayInvite;
      case "remove":
        return holder.mayRemove;
      default:
        return holder.mayChangeInfo;
    }
  };
  return holders.filter(may).toSorted((left, right) => Number(right.isOwner) - Number(left.isOwner));
}

/** A colleague who may do it, and whether their account is connected to this Muster. */
export interface Colleague {
  readonly personId: PersonId | null;
  readonly name: string;
  readonly isConnected: boolean;
}
