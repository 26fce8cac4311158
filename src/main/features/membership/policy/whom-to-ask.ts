import type { HelpPurpose } from "#shared/domain/offboarding.ts";

/** Somebody with rights in a group. */
export interface Able {
  readonly userId: string;
  /** As other people would find them: with the username, where there is one. */
  readonly name: string;
  readonly role: "owner" | "admin";
  /** They may take people out. */
  readonly mayRemove: boolean;
}

/**
 * Whom to ask: the owner, else the first of the admins, as the platform listed them. For a removal only those who may take
 * people out, and never the leaving person; for ownership the owner is asked even when it is the one who leaves.
 * Accounts of ours are never asked. Null when nobody is left.
 */
export function chooseWhomToAsk(
  able: readonly Able[],
  purpose: HelpPurpose,
  people: { readonly ours: ReadonlySet<string>; readonly leaving: ReadonlySet<string> },
): Able | null {
  const fitting = able.filter(
    ({ userId, role, mayRemove }) =>
      !people.ours.has(userId) &&
      (purpose === "removal"
        ? mayRemove && !people.leaving.has(userId)
        : role === "owner" || !people.leaving.has(userId)),
  );
  return fitting.find(({ role }) => role === "owner") ?? fitting[0] ?? null;
}

/** Those who could take people out, by name, the owner first; at most three. */
export function namesOfAble(able: readonly Able[], leaving: ReadonlySet<string>): string[] {
  return able
    .filter(({ userId, mayRemove }) => mayRemove && !leaving.has(userId))
    .toSorted((left, right) => Number(right.role === "owner") - Number(left.role === "owner"))
    .slice(0, 3)
    .map(({ name, role }) => (role === "owner" ? `${name}, the owner` : name));
}
