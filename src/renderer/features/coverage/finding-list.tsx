import type { FindingKind } from "#shared/domain/coverage.ts";
import { FINDING_WORDS } from "#renderer/api/words.ts";
import { Badge } from "#renderer/ui/badge.tsx";

/** What is wrong with a group, in words. */
export function FindingList({ findings }: { findings: readonly FindingKind[] }) {
  return (
    <ul className="flex flex-wrap gap-1.5">
      {findings.map((kind) => (
        <li key={kind}>
          <Badge tone={kind === "missing-required" || kind === "public-channel" ? "danger" : "warn"}>
            {FINDING_WORDS[kind]}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
