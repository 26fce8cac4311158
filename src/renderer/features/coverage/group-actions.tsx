import { Eye, PencilLine, SpellCheck, UserMinus, UserPlus } from "lucide-react";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import {
  openNewOperation,
  planDeprecatedRenames,
  planOperation,
} from "#renderer/features/operations/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Menu, type MenuItem } from "#renderer/ui/menu.tsx";
import { planGaps } from "./mark-bar.tsx";

/** What can be changed about one group. Each leads to a plan first. */
export function GroupActions({ row }: { row: Pick<MatrixRow, "group" | "cells"> }) {
  const { group, cells } = row;
  const here = { groupsBy: "key", groupKeys: [group.key], platforms: [group.platform] } as const;
  const gaps = cells.flatMap(({ personId, presence, level, exclusionId }) =>
    presence === "absent" && level === "required" && exclusionId === null
      ? [{ groupKey: group.key, personId }]
      : [],
  );
  const groups = { by: "key", groupKeys: [group.key] } as const;
  const people: MenuItem[] = [
    {
      label: `Add the ${gaps.length} missing…`,
      icon: <UserPlus />,
      isDisabled: gaps.length === 0,
      onSelect: () => planGaps({ gaps, platforms: [group.platform] }),
    },
    {
      label: "Add people…",
      icon: <UserPlus />,
      onSelect: () => openNewOperation({ kind: "add", which: "cross", ...here }),
    },
    {
      label: "Remove people…",
      icon: <UserMinus />,
      onSelect: () => openNewOperation({ kind: "remove", ...here }),
    },
  ];
  const names: MenuItem[] = [
    ...(group.suggestedName
      ? [
          {
            label: `Rename to ${group.suggestedName}…`,
            icon: <SpellCheck />,
            onSelect: () => void planDeprecatedRenames({ ...groups, groupKeys: [group.key] }),
          },
        ]
      : []),
    {
      label: "Rename…",
      icon: <PencilLine />,
      onSelect: () =>
        openNewOperation({ kind: "rename", find: group.name, replacement: group.name, ...here }),
    },
  ];
  const history: MenuItem[] =
    group.platform === "telegram"
      ? [
          {
            label: "Show the history to new members…",
            icon: <Eye />,
            isDisabled: group.telegram?.isHistoryHidden === false,
            onSelect: () =>
              void planOperation({
                kind: "history",
                visible: true,
                groups: { by: "key", groupKeys: [group.key] },
              }),
          },
        ]
      : [];
  return (
    <Menu
      trigger={<Button variant="primary">Change…</Button>}
      groups={[people, names, ...(history.length > 0 ? [history] : [])]}
    />
  );
}
