import type { RunDetail } from "#shared/contract/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { UnknownReason } from "#shared/domain/presence.ts";
import { paths } from "#renderer/api/paths.ts";
import { REASON_WORDS } from "#renderer/api/words.ts";
import { formatCount } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

interface UnknownReasonsProps {
  unknownByReason: RunDetail["unknownByReason"];
  runId: RunId;
}

/** Why presence stayed unknown, the most frequent reason first. */
export function UnknownReasons({ unknownByReason, runId }: UnknownReasonsProps) {
  const reasons = Object.entries(unknownByReason)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  return (
    <Section
      title="Unknown by reason"
      aside={reasons.length > 0 ? <TextLink to={paths.coverage(runId)}>Show in the matrix</TextLink> : null}
    >
      {reasons.length === 0 ? (
        <p className="text-sm text-fg-muted">Every result was settled.</p>
      ) : (
        <ul className="space-y-2.5">
          {reasons.map(([reason, count]) => {
            const known = UnknownReason.safeParse(reason);
            const words = known.success ? REASON_WORDS[known.data] : { short: reason, sentence: "" };
            return (
              <li key={reason} className="flex items-start gap-3 text-sm">
                <span className="tabular w-10 shrink-0 text-right font-semibold text-warn-fg">
                  {formatCount(count)}
                </span>
                <span>
                  <span className="font-medium">{words.short}</span>
                  <span className="block text-fg-muted">{words.sentence}</span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
