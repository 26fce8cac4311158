import type { Tone } from "#renderer/ui/badge.tsx";
import type { ActivityEntry, ActivityOutcome, ActivityVerification } from "#shared/domain/activity.ts";

export const outcomeWords: Record<ActivityOutcome, { readonly label: string; readonly tone: Tone }> = {
  done: { label: "Done", tone: "ok" },
  refused: { label: "Refused", tone: "warn" },
  failed: { label: "Failed", tone: "danger" },
};

/** An action as a phrase: `coverage.audit-started` becomes `Coverage audit started`. */
export function describeAction(action: string): string {
  const words = action.replaceAll(/[.-]/g, " ").trim();
  return words.charAt(0).toLocaleUpperCase("en") + words.slice(1);
}

/** A particular of an entry as one line of text. */
export function describeDetail(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return JSON.stringify(value);
}

/** The particulars of an entry by name, sorted; nothing that is empty. */
export function listDetails(entry: ActivityEntry): [string, string][] {
  return Object.entries(entry.details)
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]): [string, string] => [name, describeDetail(value)])
    .sort(([a], [b]) => a.localeCompare(b, "en"));
}

const problemWords = {
  edited: "was edited",
  missing: "is missing",
  reordered: "is out of order",
} as const;

/** What checking the whole log found, as a headline. */
export function describeVerification(verification: ActivityVerification): string {
  const lines = verification.entries === 1 ? "1 line was" : `${verification.entries} lines were`;
  return verification.intact
    ? `${lines} checked, and all fit: nothing was edited, removed or reordered.`
    : `Line ${verification.brokenAtSeq} ${problemWords[verification.problem]}.`;
}
