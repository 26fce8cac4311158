import { Archive } from "lucide-react";
import type { GroupKey } from "#shared/domain/ids.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import { paths } from "#renderer/api/paths.ts";
import { PRESENCE_WORDS } from "#renderer/api/words.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import type { DataColumn } from "#renderer/ui/data-table.tsx";
import { RowCheckbox } from "#renderer/ui/row-checkbox.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { allowedIn, RIGHT_WORDS, RIGHTS } from "./find-words.ts";

interface FoundColumnsOptions {
  readonly picked: ReadonlySet<GroupKey>;
  readonly onPick: (groupKey: GroupKey, isPicked: boolean) => void;
  /** Somebody was looked for, so presence means something. */
  readonly hasPerson: boolean;
}

/** What the table tells about each group. */
export function foundColumns({
  picked,
  onPick,
  hasPerson,
}: FoundColumnsOptions): readonly DataColumn<FoundGroup>[] {
  const presence: DataColumn<FoundGroup> = {
    id: "presence",
    header: "Presence",
    width: "7rem",
    sortBy: (group) => group.presence,
    cell: (group) =>
      group.presence === "present" ? (
        <span className="text-ok-fg">{PRESENCE_WORDS.present}</span>
      ) : (
        <span
          className="text-warn-fg"
          title="It could not be proven: members are hidden, not all were shown, or our account has not met the person."
        >
          Maybe
        </span>
      ),
  };
  return [
    {
      id: "pick",
      header: "Picked",
      isHeaderHidden: true,
      width: "2.75rem",
      cell: ({ groupKey, groupName }) => (
        <RowCheckbox
          label={groupName}
          isChecked={picked.has(groupKey)}
          onCheckedChange={(isPicked) => onPick(groupKey, isPicked)}
        />
      ),
    },
    {
      id: "group",
      header: "Group",
      width: "30%",
      sortBy: ({ groupName }) => groupName,
      cell: ({ groupKey, groupName, isArchived }) => (
        <span className="flex min-w-0 items-center gap-2">
          <span title={groupName} className="w-0 min-w-32 flex-1 truncate">
            <TextLink to={paths.group(groupKey)}>{groupName}</TextLink>
          </span>
          {isArchived ? <Badge icon={<Archive aria-hidden="true" />}>Archived</Badge> : null}
        </span>
      ),
    },
    {
      id: "platform",
      header: "Platform",
      width: "7rem",
      sortBy: ({ platform }) => platform,
      cell: ({ platform }) => <PlatformMark platform={platform} isNamed />,
    },
    {
      id: "connection",
      header: "Connection",
      width: "13%",
      sortBy: ({ connectionLabel }) => connectionLabel,
      cell: ({ connectionLabel }) => (
        <span title={connectionLabel} className="block w-0 min-w-full truncate text-fg-muted">
          {connectionLabel}
        </span>
      ),
    },
    ...(hasPerson ? [presence] : []),
    {
      id: "right",
      header: "Our right",
      width: "9rem",
      sortBy: ({ ownRight }) => RIGHTS.indexOf(ownRight),
      cell: ({ ownRight }) => (
        <span title={RIGHT_WORDS[ownRight].sentence} className="whitespace-nowrap">
          {RIGHT_WORDS[ownRight].short}
        </span>
      ),
    },
    {
      id: "allowed",
      header: "We may",
      width: "14rem",
      sortBy: (group) => allowedIn(group).words,
      cell: (group) => {
        const { words, remove } = allowedIn(group);
        return (
          <span className={`whitespace-nowrap ${remove ? "text-fg-muted" : "text-warn-fg"}`}>{words}</span>
        );
      },
    },
  ];
}
