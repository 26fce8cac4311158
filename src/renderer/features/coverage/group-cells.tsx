import { Archive, EyeOff, Globe, History, Link2, Lock, ShieldOff, SpellCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { FINDING_WORDS, historyWords, OWN_RIGHT_WORDS, PLATFORM_WORDS } from "#renderer/api/words.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { formatCount } from "#renderer/ui/format.ts";
import type { GridCell } from "#renderer/ui/grid-column.ts";
import type { GroupColumnId } from "./group-columns.ts";

/** A cell of one of the group's own columns. */
export function groupCell(row: MatrixRow, columnId: GroupColumnId): GridCell {
  const { group } = row;
  switch (columnId) {
    case "name":
      return { content: <NameCell row={row} />, label: nameWords(row) };
    case "required":
      return {
        content: <Completeness present={row.requiredPresent} total={row.requiredTotal} />,
        label:
          row.requiredTotal === 0
            ? "Nobody required"
            : `${row.requiredPresent}/${row.requiredTotal} required present`,
      };
    case "category":
      return {
        content: <span className="truncate px-2 text-xs text-fg-muted">{group.categoryName ?? "None"}</span>,
      };
    case "privacy": {
      const isWrong = group.privacy === "public" && group.expectPrivate;
      return {
        content: (
          <span
            className={cx(
              "flex items-center gap-1 px-2 text-xs",
              isWrong ? "font-medium text-danger-fg" : "text-fg-muted",
            )}
          >
            {group.privacy === "public" ? <Globe className="size-3.5" /> : <Lock className="size-3.5" />}
            {group.privacy === "public" ? "Public" : "Private"}
          </span>
        ),
        label: isWrong ? FINDING_WORDS["public-channel"] : group.privacy === "public" ? "Public" : "Private",
      };
    }
    case "members":
      return {
        content: (
          <span className="tabular w-full px-2 text-right text-xs text-fg-muted">
            {group.memberCount === null ? "–" : formatCount(group.memberCount)}
          </span>
        ),
        label: group.memberCount === null ? "Members not known" : `${group.memberCount} members`,
      };
    case "right": {
      const isWrong = row.findings.includes("no-admin-right");
      return group.telegram === null
        ? NOT_TELEGRAM
        : {
            content: <Trait text={OWN_RIGHT_WORDS[group.telegram.ownRight].short} isWrong={isWrong} />,
            // What is in sight first, so that it can be asked for by voice.
            label: `${OWN_RIGHT_WORDS[group.telegram.ownRight].short}: ${isWrong ? FINDING_WORDS["no-admin-right"] : OWN_RIGHT_WORDS[group.telegram.ownRight].sentence}`,
          };
    }
    case "history": {
      if (group.telegram === null) return NOT_TELEGRAM;
      const { isHistoryHidden } = group.telegram;
      const text = isHistoryHidden === null ? "–" : isHistoryHidden ? "Hidden" : "Visible";
      return {
        content: <Trait text={text} isWrong={row.findings.includes("hidden-history")} />,
        label: `History: ${historyWords(isHistoryHidden).toLowerCase()}`,
      };
    }
  }
}

const NOT_TELEGRAM: GridCell = { content: null, label: "Only Telegram groups have this" };

function Trait({ text, isWrong }: { text: string; isWrong: boolean }) {
  return (
    <span className={cx("truncate px-2 text-xs", isWrong ? "font-medium text-warn-fg" : "text-fg-muted")}>
      {text}
    </span>
  );
}

function NameCell({ row: { group, findings } }: { row: MatrixRow }) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1.5 pr-2 pl-4">
      <PlatformMark platform={group.platform} />
      <bdi className={cx("truncate text-sm", group.isArchived && "text-fg-muted line-through")}>
        {group.name}
      </bdi>
      <span aria-hidden="true" className="ml-auto flex shrink-0 items-center gap-1 text-fg-faint">
        {group.isShared ? <Hint title="Shared with another organisation" icon={<Link2 />} /> : null}
        {group.isArchived ? <Hint title={FINDING_WORDS.archived} icon={<Archive />} /> : null}
        {group.deprecatedTerms.length > 0 ? (
          <Hint title={FINDING_WORDS["deprecated-name"]} icon={<SpellCheck />} isLoud />
        ) : null}
        {findings.includes("hidden-history") ? (
          <Hint title={FINDING_WORDS["hidden-history"]} icon={<History />} isLoud />
        ) : null}
        {findings.includes("no-admin-right") ? (
          <Hint title={FINDING_WORDS["no-admin-right"]} icon={<ShieldOff />} isLoud />
        ) : null}
        {group.unreadable ? <Hint title={FINDING_WORDS["not-readable"]} icon={<EyeOff />} isLoud /> : null}
      </span>
    </span>
  );
}

function Hint({ title, icon, isLoud = false }: { title: string; icon: ReactNode; isLoud?: boolean }) {
  return (
    <span title={title} className={cx("[&_svg]:size-3.5", isLoud && "text-warn-fg")}>
      {icon}
    </span>
  );
}

function nameWords({ group, findings }: MatrixRow): string {
  const notes = findings.filter((kind) => !kind.startsWith("missing")).map((kind) => FINDING_WORDS[kind]);
  if (group.isShared) notes.unshift("Shared");
  return [`${group.name}, ${PLATFORM_WORDS[group.platform]}`, ...notes].join(", ");
}

function Completeness({ present, total }: { present: number; total: number }) {
  if (total === 0) return <span className="px-2 text-xs text-fg-faint">–</span>;
  const isComplete = present === total;
  return (
    <span className="flex w-full items-center gap-1.5 px-2">
      <span className={cx("tabular w-8 text-xs", isComplete ? "text-fg-muted" : "font-medium text-fg")}>
        {present}/{total}
      </span>
      <span className="h-1 flex-1 overflow-hidden rounded-full bg-pressed">
        <span
          className={cx("block h-full", isComplete ? "bg-ok" : "bg-danger")}
          style={{ width: `${(present / total) * 100}%` }}
        />
      </span>
    </span>
  );
}
