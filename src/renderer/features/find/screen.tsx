import { useQuery } from "@tanstack/react-query";
import { Radar, UserSearch } from "lucide-react";
import type { ReactNode } from "react";
import { PersonId, Platform } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { formatDateTime, formatRelative } from "#renderer/ui/format.ts";
import { Page } from "#renderer/ui/page.tsx";
import { navigate, useRoute } from "#renderer/ui/router.ts";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { FindForm } from "./find-form.tsx";
import { choosePlatforms, type Look, useFind } from "./find-state.ts";
import { FoundTable } from "./found-table.tsx";
import { startLook } from "./look.ts";
import { LookProblems } from "./look-problems.tsx";
import { LookStrip } from "./look-strip.tsx";

/** Opens the screen and looks for somebody at once, everywhere; with null for every group and our rights. */
export function findNow(personId: PersonId | null): void {
  choosePlatforms(Platform.options);
  navigate(paths.find(personId));
  void startLook(personId, Platform.options);
}

/** Where somebody is now, and what we may do there; with nobody chosen, our rights in every group. */
export function FindScreen() {
  const { query } = useRoute();
  const personId = PersonId.safeParse(query.get("person")).data ?? null;
  const team = useQuery(orpc.team.get.queryOptions());
  const { look } = useFind();
  const members = team.data?.team ?? [];
  const person = members.find(({ id }) => id === personId) ?? null;
  // What was found about somebody else is kept, but says nothing here.
  const shown = look?.personId === personId ? look : null;
  return (
    <Page
      title="Find"
      subtitle={shown?.endedAtMs ? <Asked atMs={shown.endedAtMs} /> : "Asks the platforms as they are now"}
      layout="fill"
      toolbar={
        <>
          <FindForm personId={personId} team={members} />
          {look?.state === "looking" ? <LookStrip look={look} /> : null}
          {shown ? <LookProblems problems={shown.problems} /> : null}
        </>
      }
    >
      {team.error && !team.data ? (
        <ErrorState error={toFailure(team.error)} onRetry={() => void team.refetch()} />
      ) : !team.data ? (
        <SkeletonRows label="Loading the team" rows={12} />
      ) : (
        <Outcome look={shown} personId={personId} person={person} />
      )}
    </Page>
  );
}

interface OutcomeProps {
  readonly look: Look | null;
  readonly personId: PersonId | null;
  readonly person: Pick<TeamMember, "id" | "name"> | null;
}

function Outcome({ look, personId, person }: OutcomeProps): ReactNode {
  const name = person?.name ?? "somebody who is not in the team";
  if (look?.state === "looking") return <SkeletonRows label="Looking" rows={12} />;
  if (look?.state === "failed" && look.failure)
    return <ErrorState error={look.failure} onRetry={() => void startLook(personId, look.platforms)} />;
  if (look?.state !== "done" || look.groups === null)
    return (
      <EmptyState
        icon={personId === null ? <Radar /> : <UserSearch />}
        title={
          look?.state === "cancelled"
            ? "The look was cancelled"
            : personId === null
              ? "Our rights in every group"
              : `Where is ${name}?`
        }
      >
        {personId === null
          ? "Asks every connected account for all its groups and what it may do there: owner, admin or member. Nothing is changed."
          : "Asks every connected account for the groups this person is in, audited or not, and what we may do there. Nothing is changed."}
      </EmptyState>
    );
  if (look.groups.length === 0)
    return (
      <EmptyState
        icon={<UserSearch />}
        title={personId === null ? "No group was found" : `${name} was found nowhere`}
      >
        {look.problems.length > 0
          ? "Not everything could be asked; what is said above has to be mended first."
          : personId === null
            ? "The connected accounts are in no group, or nothing is connected here."
            : "No connected account sees this person in any group."}
      </EmptyState>
    );
  return <FoundTable key={personId} groups={look.groups} person={person} />;
}

function Asked({ atMs }: { atMs: number }) {
  const nowMs = useNow(MINUTE_MS);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatDateTime(atMs)}>
      asked {formatRelative(atMs, nowMs)}
    </time>
  );
}
