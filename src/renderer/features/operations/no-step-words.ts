import type { Operation } from "#shared/domain/operation.ts";

/** Why a plan holds no step at all, and what would give it some. */
export function noStepWords({ kind, undoes }: Pick<Operation, "kind" | "undoes">): string {
  if (undoes !== null) return "The earlier operation left nothing that could be taken back.";
  switch (kind) {
    case "add":
      return "Nobody is missing where this looked. Gaps are those of the last audit: a new one shows what came since.";
    case "rename":
      return "No name of these groups would change.";
    default:
      return "No group known from the last audit is what this is about. Start an audit, and plan it again.";
  }
}
