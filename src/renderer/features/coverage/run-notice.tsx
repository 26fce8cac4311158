import { useQuery } from "@tanstack/react-query";
import type { RunId } from "#shared/domain/ids.ts";
import type { Matrix } from "#shared/domain/matrix.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { PLATFORM_WORDS, REASON_WORDS } from "#renderer/api/words.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** Says of every run behind the matrix what it could not read. */
export function RunNotices({ matrix: { sources } }: { matrix: Matrix }) {
  const runIds = [...new Set(sources.map(({ runId }) => runId))];
  return runIds.map((runId) => {
    const platforms = sources.flatMap((source) =>
      source.runId === runId ? PLATFORM_WORDS[source.platform] : [],
    );
    // Which of several runs is meant; of one, there is no doubt.
    const about = runIds.length > 1 ? `${platforms.join(" and ")} ` : "";
    return <RunNotice key={runId} runId={runId} about={about} />;
  });
}

/** What a run could not read, above what it could. Nothing for a complete run. */
function RunNotice({ runId, about }: { runId: RunId; about: string }) {
  const { data } = useQuery(orpc.coverage.getRun.queryOptions({ input: { runId } }));
  if (!data || data.run.state === "completed") return null;
  const { run, unreadable, unknownByReason } = data;
  const unread = unknownByReason["not-reached"] ?? 0;
  const parts = [
    unreadable.length > 0 ? `${formatNoun(unreadable.length, "group")} could not be read` : null,
    unread > 0 ? `${formatNoun(unread, "result")} ${REASON_WORDS["not-reached"].short.toLowerCase()}` : null,
  ].filter(Boolean);
  const title =
    run.state === "failed"
      ? `This ${about}run failed before its end.`
      : run.state === "cancelled"
        ? `This ${about}run was cancelled before its end.`
        : `This ${about}run is not complete.`;
  return (
    <Notice
      tone={run.state === "failed" ? "danger" : "warn"}
      shape="bar"
      title={title}
      action={<TextLink to={paths.run(run.id)}>See what is missing</TextLink>}
    >
      {parts.length > 0 ? `${parts.join(", ")}; everything else is shown.` : "What was read is shown."}
    </Notice>
  );
}
