import { useQuery } from "@tanstack/react-query";
import {
  DoorOpen,
  Download,
  Eye,
  FolderPlus,
  GitCompareArrows,
  Hash,
  History,
  Keyboard,
  ListTodo,
  Monitor,
  Moon,
  PencilLine,
  Play,
  Radar,
  Rows3,
  Rows4,
  Send,
  SpellCheck,
  Sun,
  UserMinus,
  UserPlus,
  UserRound,
} from "lucide-react";
import { type ReactNode, useMemo } from "react";
import type { ReportFormat } from "#shared/contract/coverage.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { Settings } from "#shared/contract/app.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { PLATFORM_WORDS, RUN_STATE_WORDS } from "#renderer/api/words.ts";
import { exportReport, openStartAudit, showFailure } from "#renderer/features/audit/screen.tsx";
import { openOffboardingOf } from "#renderer/features/offboarding/screen.tsx";
import { findNow } from "#renderer/features/find/screen.tsx";
import {
  openNewOperation,
  OPERATION_STATE_WORDS,
  planDeprecatedRenames,
  planGapsOfCategory,
  planGapsOfPerson,
} from "#renderer/features/operations/screen.tsx";
import { formatDateTime } from "#renderer/ui/format.ts";
import { navigate } from "#renderer/ui/router.ts";
import type { CommandSource } from "./find-commands.ts";
import { SCREENS } from "./screens.tsx";
import { openOverlay } from "./window-state.ts";

const NEWEST_RUNS = { cursor: null, limit: 20 };
const NEWEST_OPERATIONS = { cursor: null, limit: 20 };
const ICONS: Readonly<Record<Platform, ReactNode>> = { slack: <Hash />, telegram: <Send /> };
const FORMATS: readonly [ReportFormat, string][] = [
  ["xlsx", "Excel"],
  ["csv", "CSV"],
  ["json", "JSON"],
];

/** What the palette offers, from what is known now. */
export function useCommands(): readonly CommandSource[] {
  const { data: runs } = useQuery(orpc.coverage.listRuns.queryOptions({ input: NEWEST_RUNS }));
  const { data: operations } = useQuery(orpc.membership.list.queryOptions({ input: NEWEST_OPERATIONS }));
  const { data: team } = useQuery(orpc.team.get.queryOptions());
  const { data: matrix } = useQuery(orpc.coverage.matrix.queryOptions({ input: { runId: null } }));
  return useMemo(() => {
    const hasResults = Boolean(matrix);
    return [
      {
        title: "Actions",
        isOnDemand: false,
        items: [
          {
            id: "start-audit",
            label: "Start an audit",
            icon: <Play />,
            keys: "mod+Enter",
            run: openStartAudit,
          },
          ...(hasResults
            ? FORMATS.map(([format, name]) => ({
                id: `export-${format}`,
                label: `Export the report as ${name}`,
                icon: <Download />,
                run: () => void exportReport(null, format),
              }))
            : []),
          {
            id: "compare",
            label: "Compare two runs",
            icon: <GitCompareArrows />,
            run: () => navigate(paths.compare(null, null)),
          },
        ],
      },
      {
        title: "Change groups",
        isOnDemand: false,
        items: OPERATIONS,
      },
      {
        title: "Screens",
        isOnDemand: false,
        items: SCREENS.map((screen) => ({
          id: `screen-${screen.path}`,
          label: screen.title,
          icon: screen.icon,
          keys: screen.digit === null ? undefined : `mod+${screen.digit}`,
          run: () => navigate(screen.path),
        })),
      },
      {
        title: "Groups",
        isOnDemand: true,
        items: (matrix?.rows ?? []).map(({ group }) => ({
          id: `group-${group.key}`,
          label: group.name,
          detail: group.categoryName ?? undefined,
          icon: ICONS[group.platform],
          run: () => navigate(paths.coverage(null, { groupKey: group.key })),
        })),
      },
      {
        title: "People",
        isOnDemand: true,
        items: (matrix?.people ?? []).map(({ personId, name, role }) => ({
          id: `person-${personId}`,
          label: name,
          detail: ["Go to person", role].filter(Boolean).join(" · "),
          icon: <UserRound />,
          run: () => navigate(paths.person(personId)),
        })),
      },
      {
        title: "Find",
        isOnDemand: true,
        items: [
          {
            id: "find-rights",
            label: "Our rights in every group",
            detail: "Admin status",
            icon: <Radar />,
            run: () => findNow(null),
          },
          ...(team?.team ?? []).map(({ id, name }) => ({
            id: `find-${id}`,
            label: `Find ${name} in every group`,
            detail: "Live",
            icon: <Radar />,
            run: () => findNow(id),
          })),
        ],
      },
      {
        title: "Fix gaps",
        isOnDemand: true,
        items: [
          ...(team?.rules.categories ?? []).map(({ id, name }) => ({
            id: `fix-category-${id}`,
            label: `Fix the gaps of ${name}`,
            detail: "Category",
            icon: <UserPlus />,
            run: () => void planGapsOfCategory(id),
          })),
          ...(matrix?.people ?? []).map(({ personId, name }) => ({
            id: `fix-person-${personId}`,
            label: `Fix all gaps of ${name}`,
            detail: "Person",
            icon: <UserPlus />,
            run: () => void planGapsOfPerson(personId),
          })),
        ],
      },
      {
        title: "Offboard",
        isOnDemand: true,
        items: (team?.team ?? []).map(({ id, name }) => ({
          id: `offboard-${id}`,
          label: `Offboard ${name}`,
          detail: "Leaves",
          icon: <DoorOpen />,
          run: () => void openOffboardingOf(id),
        })),
      },
      {
        title: "Operations",
        isOnDemand: true,
        items: (operations?.items ?? []).map(({ id, title, state }) => ({
          id: `operation-${id}`,
          label: title,
          detail: OPERATION_STATE_WORDS[state],
          icon: <ListTodo />,
          run: () => navigate(paths.operation(id)),
        })),
      },
      {
        title: "Group pages",
        isOnDemand: true,
        items: (matrix?.rows ?? []).map(({ group }) => ({
          id: `group-page-${group.key}`,
          label: group.name,
          detail: `Go to group · ${PLATFORM_WORDS[group.platform]}`,
          icon: ICONS[group.platform],
          run: () => navigate(paths.group(group.key)),
        })),
      },
      {
        title: "Runs",
        isOnDemand: true,
        items: (runs?.items ?? []).map((run) => ({
          id: `run-${run.id}`,
          label: `Run of ${formatDateTime(run.startedAtMs)}`,
          detail: RUN_STATE_WORDS[run.state],
          icon: <History />,
          run: () => navigate(paths.run(run.id)),
        })),
      },
      { title: "Appearance", isOnDemand: false, items: APPEARANCE },
    ];
  }, [runs, matrix, team, operations]);
}

const OPERATIONS = [
  {
    id: "add-people",
    label: "Add people to groups",
    icon: <UserPlus />,
    run: () => openNewOperation({ kind: "add" }),
  },
  {
    id: "remove-people",
    label: "Remove people from groups",
    icon: <UserMinus />,
    run: () => openNewOperation({ kind: "remove", groupsBy: "key" }),
  },
  {
    id: "rename-groups",
    label: "Rename groups",
    icon: <PencilLine />,
    run: () => openNewOperation({ kind: "rename" }),
  },
  {
    id: "rename-deprecated",
    label: "Rename groups with deprecated terms",
    icon: <SpellCheck />,
    run: () => void planDeprecatedRenames(),
  },
  {
    id: "show-history",
    label: "Show the history to new members",
    detail: "Telegram",
    icon: <Eye />,
    run: () => openNewOperation({ kind: "history" }),
  },
  {
    id: "create-groups",
    label: "Create groups",
    icon: <FolderPlus />,
    run: () => openNewOperation({ kind: "create" }),
  },
];

const APPEARANCE = [
  {
    id: "theme-light",
    label: "Theme: light",
    icon: <Sun />,
    run: () => void changeSettings({ theme: "light" }),
  },
  {
    id: "theme-dark",
    label: "Theme: dark",
    icon: <Moon />,
    run: () => void changeSettings({ theme: "dark" }),
  },
  {
    id: "theme-system",
    label: "Theme: as the system",
    icon: <Monitor />,
    run: () => void changeSettings({ theme: "system" }),
  },
  {
    id: "density-comfortable",
    label: "Density: comfortable",
    icon: <Rows3 />,
    run: () => void changeSettings({ density: "comfortable" }),
  },
  {
    id: "density-compact",
    label: "Density: compact",
    icon: <Rows4 />,
    run: () => void changeSettings({ density: "compact" }),
  },
  {
    id: "shortcuts",
    label: "Keyboard shortcuts",
    icon: <Keyboard />,
    keys: "?",
    run: () => openOverlay("shortcuts"),
  },
];

async function changeSettings(change: Partial<Settings>): Promise<void> {
  try {
    const settings = await client.app.updateSettings(change);
    queryClient.setQueryData(orpc.app.getSettings.queryKey(), settings);
  } catch (error) {
    showFailure(error);
  }
}
