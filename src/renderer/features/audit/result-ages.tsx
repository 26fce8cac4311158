import { Fragment } from "react";
import type { Platform } from "#shared/domain/ids.ts";
import type { PlatformSource } from "#shared/domain/matrix.ts";
import { paths } from "#renderer/api/paths.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { formatAge, formatDateTime } from "#renderer/ui/format.ts";
import { TextLink } from "#renderer/ui/text-link.tsx";

/**
 * How old the results are: “Slack: today 02:00 · Telegram: 3 days ago”, each leading to its run. Where several runs tell of
 * a platform, by what is connected.
 */
export function ResultAges({ sources, nowMs }: { sources: readonly PlatformSource[]; nowMs: number }) {
  const isAlone = (platform: Platform) => sources.filter((each) => each.platform === platform).length === 1;
  return (
    // At 200 % zoom there is little room beside the title: lines break rather than end in nothing.
    <span className="whitespace-normal">
      {sources.map(({ platform, label, runId, atMs }, at) => (
        <Fragment key={`${platform} ${runId}`}>
          {at === 0 ? "" : " · "}
          {isAlone(platform) ? PLATFORM_WORDS[platform] : `${PLATFORM_WORDS[platform]} (${label})`}:{" "}
          <time dateTime={new Date(atMs).toISOString()} title={formatDateTime(atMs)}>
            <TextLink to={paths.run(runId)}>{formatAge(atMs, nowMs)}</TextLink>
          </time>
        </Fragment>
      ))}
    </span>
  );
}
