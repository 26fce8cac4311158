import { Fragment } from "react";
import type { PlatformSource } from "#shared/domain/matrix.ts";
import { paths } from "#renderer/api/paths.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { formatAge, formatDateTime } from "#renderer/ui/format.ts";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** How old the results of each platform are: “Slack: today 02:00 · Telegram: 3 days ago”, each leading to its run. */
export function ResultAges({ sources, nowMs }: { sources: readonly PlatformSource[]; nowMs: number }) {
  return (
    // At 200 % zoom there is little room beside the title: lines break rather than end in nothing.
    <span className="whitespace-normal">
      {sources.map(({ platform, runId, atMs }, at) => (
        <Fragment key={platform}>
          {at === 0 ? "" : " · "}
          {PLATFORM_WORDS[platform]}:{" "}
          <time dateTime={new Date(atMs).toISOString()} title={formatDateTime(atMs)}>
            <TextLink to={paths.run(runId)}>{formatAge(atMs, nowMs)}</TextLink>
          </time>
        </Fragment>
      ))}
    </span>
  );
}
