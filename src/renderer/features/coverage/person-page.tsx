import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PersonPage as Person } from "#shared/contract/coverage.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { ChangedSince } from "#renderer/features/operations/screen.tsx";
import { DataTable } from "#renderer/ui/data-table.tsx";
import { formatCount, formatRelative } from "#renderer/ui/format.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { AwaitedPage } from "./awaited-page.tsx";
import { ExclusionList } from "./exclusion-list.tsx";
import { PersonActions } from "./person-actions.tsx";
import { PERSON_GROUP_COLUMNS } from "./person-group-columns.tsx";
import { countGroups, type GroupShow, personGroups, standingOf } from "./person-groups.ts";
import { PersonIdentities } from "./person-identities.tsx";

const SHOWS: readonly { value: GroupShow; label: string }[] = [
  { value: "all", label: "All" },
  { value: "missing", label: "Missing" },
  { value: "unknown", label: "Unknown" },
  { value: "excluded", label: "Excluded" },
  { value: "present", label: "Present" },
  { value: "unasked", label: "Not asked for" },
];

/** One person over all platforms: the groups they are in and should be in, and their accounts. */
export function PersonPage({ personId }: { personId: PersonId }) {
  const query = useQuery(orpc.coverage.getPerson.queryOptions({ input: { personId } }));
  return (
    <AwaitedPage title="Team member" loading="Loading the person" query={query}>
      {(person) => <Shown person={person} />}
    </AwaitedPage>
  );
}

function Shown({ person }: { person: Person }) {
  const [show, setShow] = useState<GroupShow>("all");
  const entries = personGroups(person);
  const counts = countGroups(entries);
  const gaps = entries.filter(
    (entry) => standingOf(entry) === "missing" && entry.cell?.level === "required",
  ).length;
  const shown = show === "all" ? entries : entries.filter((entry) => standingOf(entry) === show);
  const names = new Map(entries.map(({ group }) => [group.key, group.name]));
  return (
    <Page
      title={person.name}
      subtitle={<Subtitle person={person} />}
      layout="fill"
      actions={
        <>
          <LinkButton to={paths.team()}>Team & rules</LinkButton>
          <PersonActions person={person} gaps={gaps} />
        </>
      }
      toolbar={
        <>
          <ChangedSince atMs={person.runs.map(({ atMs }) => atMs)} />
          <Toolbar label="Groups shown">
            <RadioGroup
              label="Groups shown"
              value={show}
              onValueChange={setShow}
              options={SHOWS.map(({ value, label }) => ({
                value,
                label: `${label} ${formatCount(counts[value])}`,
              }))}
            />
          </Toolbar>
        </>
      }
    >
      <div className="flex h-full min-h-0 flex-col lg:flex-row">
        <div className="min-h-48 min-w-0 flex-1">
          {shown.length === 0 ? (
            <p className="p-5 text-sm text-fg-muted">
              {person.runs.length === 0
                ? "No audit has results yet. The groups appear here as soon as one has."
                : "No group."}
            </p>
          ) : (
            <DataTable
              label={`Groups of ${person.name}`}
              columns={PERSON_GROUP_COLUMNS}
              rows={shown}
              rowKey={({ group }) => group.key}
              initialSort={{ id: "presence", desc: false }}
            />
          )}
        </div>
        <aside
          aria-label={`About ${person.name}`}
          className="max-h-[45%] shrink-0 space-y-4 overflow-y-auto border-t border-line p-4 lg:max-h-none lg:w-80 lg:border-t-0 lg:border-l"
        >
          <PersonIdentities member={person.member} />
          <ExclusionList
            exclusions={person.exclusions}
            aboutOf={({ groupKey }) => ({ to: paths.group(groupKey), name: names.get(groupKey) ?? groupKey })}
          />
        </aside>
      </div>
    </Page>
  );
}

function Subtitle({ person }: { person: Person }) {
  const nowMs = useNow(MINUTE_MS);
  return (
    <>
      {[person.role, person.member ? null : "no longer in the team"].filter(Boolean).join(", ")}
      {person.runs.map(({ platform, runId, atMs }) => (
        <span key={platform}>
          {" · "}
          {PLATFORM_WORDS[platform]} as of{" "}
          <TextLink to={paths.run(runId)}>{formatRelative(atMs, nowMs)}</TextLink>
        </span>
      ))}
    </>
  );
}
