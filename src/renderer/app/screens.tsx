import {
  Cable,
  CalendarClock,
  DoorOpen,
  Gauge,
  Grid3x3,
  History,
  ListChecks,
  ListTodo,
  Radar,
  ScrollText,
  Settings2,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { paths } from "#renderer/api/paths.ts";
import { ActivityScreen } from "#renderer/features/activity/screen.tsx";
import { ConnectionsScreen } from "#renderer/features/connections/screen.tsx";
import { CoverageScreen } from "#renderer/features/coverage/screen.tsx";
import { OffboardingScreen } from "#renderer/features/offboarding/screen.tsx";
import { FindScreen } from "#renderer/features/find/screen.tsx";
import { OperationsScreen } from "#renderer/features/operations/screen.tsx";
import { OverviewScreen } from "#renderer/features/overview/screen.tsx";
import { RunsScreen } from "#renderer/features/runs/screen.tsx";
import { SchedulesScreen } from "#renderer/features/schedules/screen.tsx";
import { SettingsScreen } from "#renderer/features/settings/screen.tsx";
import { TeamScreen } from "#renderer/features/team/screen.tsx";

export interface Screen {
  /** The path itself, and everything below it, belongs to the screen. */
  readonly path: string;
  readonly title: string;
  readonly icon: ReactNode;
  /** Digit that opens it together with Ctrl or Command; null where there is none left. */
  readonly digit: string | null;
  readonly render: () => ReactNode;
}

/** Every screen, in the order of the sidebar. */
export const SCREENS: readonly Screen[] = [
  {
    path: paths.overview(),
    title: "Overview",
    icon: <Gauge />,
    digit: "1",
    render: () => <OverviewScreen />,
  },
  {
    path: paths.coverage(),
    title: "Coverage",
    icon: <Grid3x3 />,
    digit: "2",
    render: () => <CoverageScreen />,
  },
  {
    path: paths.operations(),
    title: "Operations",
    icon: <ListTodo />,
    digit: "3",
    render: () => <OperationsScreen />,
  },
  {
    path: paths.find(),
    title: "Find",
    icon: <Radar />,
    digit: null,
    render: () => <FindScreen />,
  },
  {
    path: paths.offboardings(),
    title: "Offboarding",
    icon: <DoorOpen />,
    // Ctrl+0 is the size of the window.
    digit: null,
    render: () => <OffboardingScreen />,
  },
  { path: paths.runs(), title: "Runs", icon: <History />, digit: "4", render: () => <RunsScreen /> },
  {
    path: paths.team(),
    title: "Team & rules",
    icon: <UsersRound />,
    digit: "5",
    render: () => <TeamScreen />,
  },
  {
    path: paths.connections(),
    title: "Connections",
    icon: <Cable />,
    digit: "6",
    render: () => <ConnectionsScreen />,
  },
  {
    path: paths.activity(),
    title: "Activity",
    icon: <ScrollText />,
    digit: "7",
    render: () => <ActivityScreen />,
  },
  {
    path: paths.schedules(),
    title: "Schedules",
    icon: <CalendarClock />,
    digit: "8",
    render: () => <SchedulesScreen />,
  },
  {
    path: paths.settings(),
    title: "Settings",
    icon: <Settings2 />,
    digit: "9",
    render: () => <SettingsScreen />,
  },
];

/** Stands for the product in the sidebar. */
export const PRODUCT_ICON = <ListChecks />;

/** The screen that a path belongs to; the first one for a path that belongs to none. */
export function screenOf(path: string): Screen {
  const [first] = SCREENS;
  return (
    SCREENS.find((screen) => path === screen.path || path.startsWith(`${screen.path}/`)) ?? (first as Screen)
  );
}
