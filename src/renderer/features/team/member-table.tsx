import { Ellipsis, Pencil, UserMinus } from "lucide-react";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "#renderer/ui/data-table.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import type { TeamMember } from "#shared/domain/team.ts";
import { MemberIdentity } from "./member-identity.tsx";
import { MemberStatusMark } from "./member-status-mark.tsx";

interface MemberTableProps {
  readonly members: readonly TeamMember[];
  readonly onEdit: (member: TeamMember) => void;
  readonly onRemove: (member: TeamMember) => void;
}

/** The team. Arrow keys move between rows, Enter opens one. */
export function MemberTable({ members, onEdit, onRemove }: MemberTableProps) {
  const columns = useMemo(() => listColumns(onEdit, onRemove), [onEdit, onRemove]);
  return (
    <DataTable
      label="Team members"
      columns={columns}
      rows={members}
      rowKey={(member) => member.id}
      initialSort={{ id: "name", desc: false }}
      onOpen={onEdit}
    />
  );
}

function listColumns(
  onEdit: (member: TeamMember) => void,
  onRemove: (member: TeamMember) => void,
): DataColumn<TeamMember>[] {
  return [
    {
      id: "name",
      header: "Name",
      width: "22%",
      sortBy: (member) => member.name,
      cell: (member) => (
        <button
          type="button"
          onClick={() => onEdit(member)}
          className="block max-w-full truncate rounded-sm text-left text-sm font-medium hover:underline"
        >
          {member.name}
        </button>
      ),
    },
    {
      id: "role",
      header: "Role",
      sortBy: (member) => member.role ?? "",
      cell: (member) => member.role ?? <span className="text-fg-faint">None</span>,
    },
    {
      id: "status",
      header: "Status",
      sortBy: (member) => member.status,
      cell: (member) => <MemberStatusMark status={member.status} />,
    },
    {
      id: "slack",
      header: "Slack",
      cell: (member) => <MemberIdentity member={member} platform="slack" />,
    },
    {
      id: "telegram",
      header: "Telegram",
      cell: (member) => <MemberIdentity member={member} platform="telegram" />,
    },
    {
      id: "actions",
      header: "Actions",
      isHeaderHidden: true,
      width: "3.5rem",
      align: "right",
      cell: (member) => (
        <Menu
          trigger={<IconButton label={`More for ${member.name}`} icon={<Ellipsis />} className="h-6.5!" />}
          groups={[
            [{ label: "Edit…", icon: <Pencil />, onSelect: () => onEdit(member) }],
            [
              {
                label: "Remove from the team",
                icon: <UserMinus />,
                isDangerous: true,
                onSelect: () => onRemove(member),
              },
            ],
          ]}
        />
      ),
    },
  ];
}
