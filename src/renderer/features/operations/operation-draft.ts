import { create } from "zustand";
import type { CategoryId, ConnectionId, GroupKey, PersonId, Platform } from "#shared/domain/ids.ts";
import { paths } from "#renderer/api/paths.ts";
import { navigate } from "#renderer/ui/router.ts";

export type DraftKind = "add" | "remove" | "rename" | "history" | "create";

/** What the form of a new operation holds; parts that do not belong to the kind are kept, in case it is changed back. */
export interface OperationDraft {
  readonly kind: DraftKind;
  readonly peopleBy: "person" | "role" | "everyone";
  readonly personIds: readonly PersonId[];
  readonly role: string;
  /** `gap` only where a required member is proven absent, `gap-optional` optional ones too, `cross` everybody everywhere. */
  readonly which: "gap" | "gap-optional" | "cross";
  readonly groupsBy: "key" | "category" | "all" | "list";
  readonly groupKeys: readonly GroupKey[];
  readonly categoryIds: readonly CategoryId[];
  /** The list as it was pasted or read from a file. */
  readonly listText: string;
  /** What its lines were found to mean, with what the operator settled. */
  readonly listKeys: readonly GroupKey[];
  readonly platforms: readonly Platform[];
  readonly renameBy: "pattern" | "mapping" | "deprecated";
  readonly find: string;
  readonly replacement: string;
  readonly isRegularExpression: boolean;
  readonly ignoreCase: boolean;
  readonly mappingText: string;
  readonly isVisible: boolean;
  readonly connectionId: ConnectionId | null;
  readonly namePattern: string;
  /** One a line. */
  readonly customersText: string;
  readonly about: string;
  readonly isPrivate: boolean;
  readonly isHistoryVisible: boolean;
  readonly welcome: string;
}

export const EMPTY_DRAFT: OperationDraft = {
  kind: "add",
  peopleBy: "person",
  personIds: [],
  role: "",
  which: "gap",
  groupsBy: "all",
  groupKeys: [],
  categoryIds: [],
  listText: "",
  listKeys: [],
  platforms: ["slack", "telegram"],
  renameBy: "pattern",
  find: "",
  replacement: "",
  isRegularExpression: false,
  ignoreCase: true,
  mappingText: "",
  isVisible: true,
  connectionId: null,
  namePattern: "{customer}",
  customersText: "",
  about: "",
  isPrivate: true,
  isHistoryVisible: true,
  welcome: "",
};

/** Kept while other screens are open, so that a look at a group does not cost what was written. */
export const useOperationDraft = create<OperationDraft>(() => EMPTY_DRAFT);

export function changeDraft(change: Partial<OperationDraft>): void {
  useOperationDraft.setState(change);
}

export function clearDraft(): void {
  useOperationDraft.setState(EMPTY_DRAFT);
}

/** Opens the form with some of it filled in; the rest as at first. */
export function openNewOperation(given: Partial<OperationDraft>): void {
  useOperationDraft.setState({ ...EMPTY_DRAFT, ...given });
  navigate(paths.newOperation());
}
