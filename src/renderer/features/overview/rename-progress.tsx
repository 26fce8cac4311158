import { useMutation } from "@tanstack/react-query";
import { SpellCheck } from "lucide-react";
import type { Overview } from "#shared/contract/coverage.ts";
import { paths } from "#renderer/api/paths.ts";
import { planDeprecatedRenames } from "#renderer/features/operations/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { formatCount } from "#renderer/ui/format.ts";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** How many groups have left their deprecated names behind. */
export function RenameProgress({ deprecatedNames }: { deprecatedNames: Overview["deprecatedNames"] }) {
  const { groups, total } = deprecatedNames;
  const rename = useMutation({ mutationFn: () => planDeprecatedRenames() });
  return (
    <Section title="Deprecated names">
      {total === 0 ? (
        <p className="text-sm text-fg-muted">No group has been seen yet.</p>
      ) : (
        <div className="space-y-2">
          <p className="tabular text-sm">
            <span className="font-semibold">{formatCount(total - groups)}</span>{" "}
            <span className="text-fg-muted">of {formatCount(total)} groups have a current name</span>
          </p>
          <ProgressBar label="Groups with a current name" done={total - groups} total={total} />
          {groups > 0 ? (
            <p className="flex flex-wrap items-center justify-between gap-2 text-sm">
              <TextLink to={paths.coverageOf({ finding: "deprecated-name" })}>
                Show the {formatCount(groups)} left to rename
              </TextLink>
              <Button icon={<SpellCheck />} isBusy={rename.isPending} onClick={() => rename.mutate()}>
                Rename them…
              </Button>
            </p>
          ) : null}
        </div>
      )}
    </Section>
  );
}
