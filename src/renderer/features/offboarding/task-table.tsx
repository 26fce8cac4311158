import { MoreHorizontal, SearchX } from "lucide-react";
import { useMemo, useState } from "react";
import type { Offboarding, OffboardingTask, OffboardingTaskState } from "#shared/domain/offboarding.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { type DataColumn, DataTable } from "#renderer/ui/data-table.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { formatCount } from "#renderer/ui/format.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { SearchInput } from "#renderer/ui/search-input.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { paths } from "#renderer/api/paths.ts";
import { DecideDialog, type Deciding } from "./decide-dialog.tsx";
import { TASK_ORDER, TASK_WORDS } from "./offboarding-words.ts";

interface TaskTableProps {
  readonly offboarding: Offboarding;
  readonly tasks: readonly OffboardingTask[];
}

/** Every group the person is, or may be, or was in, narrowed by what is left to do there. */
export function TaskTable({ offboarding, tasks }: TaskTableProps) {
  const [shownState, setShownState] = useState<OffboardingTaskState | "all">("all");
  const [search, setSearch] = useState("");
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const isOpen = offboarding.state === "open";
  const columns = useMemo(() => columnsWith(isOpen ? setDeciding : null), [isOpen]);
  const words = search.trim().toLocaleLowerCase();
  const rows = tasks.filter(
    ({ state, groupName, note }) =>
      (shownState === "all" || state === shownState) &&
      `${groupName}\n${note ?? ""}`.toLocaleLowerCase().includes(words),
  );
  if (tasks.length === 0)
    return (
      <EmptyState icon={<SearchX />} title="No group yet">
        {offboarding.checkedAtMs === null
          ? "Ask the platforms first: “Find everywhere” looks into every group of both."
          : "The platforms know of no group that they are in."}
      </EmptyState>
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Toolbar label="Groups shown">
        <RadioGroup<OffboardingTaskState | "all">
          label="Groups shown"
          value={shownState}
          onValueChange={setShownState}
          options={[
            { value: "all", label: `All ${formatCount(tasks.length)}` },
            ...TASK_ORDER.filter((state) => offboarding.counts[state] > 0 || state === shownState).map(
              (state) => ({
                value: state,
                label: `${TASK_WORDS[state].label} ${formatCount(offboarding.counts[state])}`,
              }),
            ),
          ]}
        />
        <SearchInput label="Search groups and notes" value={search} onChange={setSearch} />
      </Toolbar>
      <div className="min-h-0 flex-1">
        {rows.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title="No group fits"
            action={
              <Button
                onClick={() => {
                  setShownState("all");
                  setSearch("");
                }}
              >
                Show all groups
              </Button>
            }
          >
            The others are hidden.
          </EmptyState>
        ) : (
          <DataTable<OffboardingTask>
            label="Groups"
            columns={columns}
            rows={rows}
            rowKey={({ groupKey }) => groupKey}
            initialSort={{ id: "state", desc: false }}
          />
        )}
      </div>
      <DecideDialog offboardingId={offboarding.id} deciding={deciding} onClose={() => setDeciding(null)} />
    </div>
  );
}

function columnsWith(decide: ((deciding: Deciding) => void) | null): readonly DataColumn<OffboardingTask>[] {
  return [
    {
      id: "group",
      header: "Group",
      width: "28%",
      sortBy: ({ groupName }) => groupName,
      cell: ({ groupKey, groupName }) => (
        <span className="block max-w-80 truncate" title={groupName}>
          <TextLink to={paths.group(groupKey)}>{groupName}</TextLink>
        </span>
      ),
    },
    {
      id: "platform",
      header: "Platform",
      width: "7rem",
      sortBy: ({ platform }) => platform,
      cell: ({ platform }) => <span className="text-fg-muted">{PLATFORM_WORDS[platform]}</span>,
    },
    {
      id: "state",
      header: "State",
      width: "10rem",
      sortBy: ({ state }) => TASK_ORDER.indexOf(state),
      cell: ({ state, isOwner }) => (
        <span className="flex items-center gap-1.5">
          <Badge tone={TASK_WORDS[state].tone}>{TASK_WORDS[state].label}</Badge>
          {isOwner ? <span className="text-xs text-fg-muted">owner</span> : null}
        </span>
      ),
    },
    {
      id: "right",
      header: "We are",
      width: "6rem",
      sortBy: ({ ownRight }) => ownRight ?? "",
      cell: ({ ownRight }) => <span className="text-fg-muted">{rightWords(ownRight)}</span>,
    },
    {
      id: "note",
      header: "Why, and who",
      cell: ({ note }) => (
        <span className="line-clamp-3 text-xs text-pretty text-fg-muted" title={note ?? undefined}>
          {note}
        </span>
      ),
    },
    ...(decide === null
      ? []
      : [
          {
            id: "decide",
            header: "Decide",
            isHeaderHidden: true,
            width: "3rem",
            align: "right" as const,
            cell: (task: OffboardingTask) => <TaskMenu task={task} onDecide={decide} />,
          },
        ]),
  ];
}

function TaskMenu({ task, onDecide }: { task: OffboardingTask; onDecide: (deciding: Deciding) => void }) {
  if (task.state === "gone") return null;
  const canTakeBack = task.isDecided || task.state === "asked";
  return (
    <Menu
      trigger={<IconButton label={`Decide about ${task.groupName}`} icon={<MoreHorizontal />} />}
      groups={[
        [
          {
            label: "Keep them in it…",
            isDisabled: task.isDecided,
            onSelect: () => onDecide({ task, decision: "kept" }),
          },
          {
            label: "Somebody was asked…",
            isDisabled: task.state === "asked",
            onSelect: () => onDecide({ task, decision: "asked" }),
          },
          {
            label: "Take the decision back",
            isDisabled: !canTakeBack,
            onSelect: () => onDecide({ task, decision: "open" }),
          },
        ],
      ]}
    />
  );
}

function rightWords(right: string | null): string {
  if (right === null) return "not known";
  if (right === "none") return "not in it";
  return right === "rename" ? "admin" : right;
}
