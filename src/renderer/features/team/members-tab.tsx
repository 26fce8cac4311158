import { UserPlus, UserSearch, UsersRound } from "lucide-react";
import { useEffect, useState } from "react";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { rescueFocus } from "#renderer/ui/rescue-focus.ts";
import { SearchInput } from "#renderer/ui/search-input.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import type { TeamMember } from "#shared/domain/team.ts";
import { findTroubled } from "./identity-words.ts";
import { searchMembers } from "./member-search.ts";
import { MemberTable } from "./member-table.tsx";
import { useRemoveMember } from "./use-remove-member.ts";
import { useResolveIdentities } from "./use-resolve-identities.ts";

interface MembersTabProps {
  readonly team: readonly TeamMember[];
  readonly onAdd: () => void;
  readonly onEdit: (member: TeamMember) => void;
}

/** The people whose presence is audited. */
export function MembersTab({ team, onAdd, onEdit }: MembersTabProps) {
  const [search, setSearch] = useState("");
  const resolving = useResolveIdentities();
  const remove = useRemoveMember();
  // A removed row may have had the focus.
  useEffect(rescueFocus, [team.length]);
  const found = searchMembers(team, search);
  const troubled = team.filter((member) => findTroubled(member).length > 0).length;

  if (team.length === 0)
    return (
      <EmptyState
        icon={<UsersRound />}
        title="The team is empty"
        action={
          <Button variant="primary" icon={<UserPlus />} onClick={onAdd}>
            Add a member
          </Button>
        }
      >
        Add the people whose presence in customer groups matters, or import them from a file.
      </EmptyState>
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Toolbar label="Team members">
        <SearchInput label="Search the team" value={search} onChange={setSearch} />
        <span role="status" className="tabular px-1.5 text-xs text-fg-muted">
          {search
            ? `${found.length} of ${formatNoun(team.length, "member")}`
            : formatNoun(team.length, "member")}
          {troubled > 0 && !search && `, ${formatNoun(troubled, "needs", "need")} attention`}
        </span>
        <Button
          icon={<UserSearch />}
          className="ml-auto"
          isBusy={resolving.isPending}
          onClick={() => resolving.mutate(undefined)}
        >
          {resolving.isPending ? "Looking everyone up…" : "Resolve identities"}
        </Button>
      </Toolbar>
      {resolving.error && (
        <div className="px-5 py-2">
          <ErrorNotice error={toFailure(resolving.error)} />
        </div>
      )}
      {resolving.data && (
        <Notice
          shape="bar"
          tone={resolving.data.unresolved > 0 ? "warn" : "info"}
          title={`${formatNoun(resolving.data.resolved, "identity", "identities")} resolved.`}
          onDismiss={resolving.reset}
        >
          {resolving.data.changed > 0 &&
            `${formatNoun(resolving.data.changed, "username was", "usernames were")} brought up to date. `}
          {resolving.data.unresolved > 0
            ? `${formatNoun(resolving.data.unresolved, "identity", "identities")} could not be settled: see the marks in the table.`
            : "Everyone is known."}
        </Notice>
      )}
      <div className="min-h-0 flex-1">
        {found.length === 0 ? (
          <EmptyState
            icon={<UserSearch />}
            title="Nobody matches"
            action={<Button onClick={() => setSearch("")}>Clear the search</Button>}
          >
            No member has “{search}” in their name, role, e-mail or usernames.
          </EmptyState>
        ) : (
          <MemberTable members={found} onEdit={onEdit} onRemove={remove} />
        )}
      </div>
    </div>
  );
}
