import { useQuery } from "@tanstack/react-query";
import {
  Download,
  GitCompareArrows,
  Hash,
  History,
  Keyboard,
  Monitor,
  Moon,
  Play,
  Rows3,
  Rows4,
  Send,
  Sun,
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
import { formatDateTime } from "#renderer/ui/format.ts";
import { navigate } from "#renderer/ui/router.ts";
import type { CommandSource } from "./find-commands.ts";
import { SCREENS } from "./screens.tsx";
import { openOverlay } from "./window-state.ts";

const NEWEST_RUNS = { cursor: null, limit: 20 };
const ICONS: Readonly<Record<Platform, ReactNode>> = { slack: <Hash />, telegram: <Send /> };
const FORMATS: readonly [ReportFormat, string][] = [
  ["xlsx", "Excel"],
  ["csv", "CSV"],
  ["json", "JSON"],
];

/** What the palette offers, from what is known now. */
export function useCommands(): readonly CommandSource[] {
  const { data: runs } = useQuery(orpc.coverage.listRuns.queryOptions({ input: NEWEST_RUNS }));
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
        title: "Screens",
        isOnDemand: false,
        items: SCREENS.map((screen) => ({
          id: `screen-${screen.path}`,
          label: screen.title,
          icon: screen.icon,
          keys: `mod+${screen.digit}`,
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
  }, [runs, matrix]);
}

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
