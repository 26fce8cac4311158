import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { TeamMember } from "#shared/domain/team.ts";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { PickList } from "#renderer/ui/pick-list.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { changeDraft, useOperationDraft } from "./operation-draft.ts";

const WAYS = [
  { value: "person", label: "Chosen people" },
  { value: "role", label: "A role" },
  { value: "everyone", label: "The whole team" },
] as const;

/** Who an operation is about. */
export function PeopleChoiceFields() {
  const { peopleBy, personIds, role } = useOperationDraft();
  const { data, error } = useQuery(orpc.team.get.queryOptions());
  const members = useMemo(() => data?.team.toSorted((a, b) => a.name.localeCompare(b.name)) ?? [], [data]);
  const options = useMemo(
    () => members.map((member) => ({ value: member.id, label: member.name, detail: detailOf(member) })),
    [members],
  );
  const roles = useMemo(() => rolesOf(members), [members]);
  if (error && !data) return <ErrorNotice error={toFailure(error)} />;
  if (!data) return <SkeletonRows label="Loading the team" rows={3} />;
  return (
    <div className="space-y-3">
      <RadioGroup
        label="People"
        value={peopleBy}
        onValueChange={(value) => changeDraft({ peopleBy: value })}
        options={WAYS}
      />
      {peopleBy === "person" ? (
        <PickList
          label="Team members"
          searchLabel="Search by name, handle or role"
          options={options}
          chosen={personIds}
          onChange={(chosen) => changeDraft({ personIds: chosen })}
        />
      ) : null}
      {peopleBy === "role" ? (
        <Field label="Role" className="max-w-80" isRequired>
          {(control) => (
            <Select
              {...control}
              value={role}
              onValueChange={(value) => changeDraft({ role: value })}
              placeholder="Choose a role"
              groups={[
                {
                  label: null,
                  options: roles.map(({ name, count }) => ({
                    value: name,
                    label: `${name} (${formatNoun(count, "person", "people")})`,
                  })),
                },
              ]}
            />
          )}
        </Field>
      ) : null}
      {peopleBy === "everyone" ? (
        <p className="text-sm text-fg-muted">{formatNoun(members.length, "team member")}.</p>
      ) : null}
    </div>
  );
}

function detailOf({ role, identities, status }: TeamMember): string {
  const handles = identities.flatMap(({ username }) => (username ? [`@${username}`] : []));
  return [role, ...new Set(handles), status === "inactive" ? "inactive" : null].filter(Boolean).join(" · ");
}

function rolesOf(members: readonly TeamMember[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { role } of members) if (role) counts.set(role, (counts.get(role) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => a.name.localeCompare(b.name));
}
