import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { Select } from "#renderer/ui/select.tsx";
import type { Requirement, Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { ListHeading } from "./list-heading.tsx";
import { describeTarget, listTargetChoices, parseTarget, targetValue } from "./requirement-words.ts";
import { insertItem, newRequirement, removeItem, replaceItem } from "./rules-draft.ts";

interface RequirementListProps {
  readonly requirements: readonly Requirement[];
  readonly rules: Rules;
  readonly team: readonly TeamMember[];
  readonly onChange: (requirements: Requirement[]) => void;
}

/** Who must, and who should, be in a category's groups. */
export function RequirementList({ requirements, rules, team, onChange }: RequirementListProps) {
  const headingId = useId();
  const choices = listTargetChoices(team, rules);
  const groups = [
    { label: null, options: [choices.everyone] },
    { label: "Roles", options: choices.roles },
    { label: "People", options: choices.people },
  ].filter((group) => group.options.length > 0);
  return (
    <section aria-labelledby={headingId}>
      <ListHeading
        id={headingId}
        title="Who must be in them"
        hint="“Required” wins where two lines name the same person."
        action={
          <Button
            icon={<Plus />}
            onClick={() => onChange(insertItem(requirements, requirements.length, newRequirement))}
          >
            Add a requirement
          </Button>
        }
      />
      {requirements.length === 0 ? (
        <p className="rounded-md border border-dashed border-line-strong px-3 py-3 text-sm text-fg-muted">
          Nobody is asked for: groups of this category are never incomplete.
        </p>
      ) : (
        <ul className="space-y-2">
          {requirements.map((requirement, at) => (
            <li key={at} className="flex flex-wrap items-center gap-2">
              <Select
                aria-label={`Requirement ${at + 1}: who`}
                className="w-auto! min-w-40 flex-1"
                value={targetValue(requirement.target)}
                onValueChange={(value) =>
                  onChange(replaceItem(requirements, at, { ...requirement, target: parseTarget(value) }))
                }
                groups={groups}
              />
              <RadioGroup
                label={`Requirement ${at + 1}: level`}
                value={requirement.level}
                onValueChange={(level) => onChange(replaceItem(requirements, at, { ...requirement, level }))}
                options={[
                  { value: "required", label: "Required" },
                  { value: "optional", label: "Optional" },
                ]}
              />
              <IconButton
                label={`Remove requirement ${at + 1}: ${describeTarget(requirement.target, team)}`}
                icon={<X />}
                onClick={() => onChange(removeItem(requirements, at))}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
