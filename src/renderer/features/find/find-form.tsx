import { Search, X } from "lucide-react";
import type { TeamAndRules } from "#shared/contract/team.ts";
import { PersonId, Platform } from "#shared/domain/ids.ts";
import { paths } from "#renderer/api/paths.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { navigate } from "#renderer/ui/router.ts";
import { Select } from "#renderer/ui/select.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { choosePlatforms, useFind } from "./find-state.ts";
import { cancelLook, startLook } from "./look.ts";

const EVERY_GROUP = "*";
const BOTH = "both";

interface FindFormProps {
  readonly personId: PersonId | null;
  readonly team: TeamAndRules["team"];
}

/** Whom to look for, and where. */
export function FindForm({ personId, team }: FindFormProps) {
  const { platforms, look } = useFind();
  const [only = BOTH] = platforms.length === 1 ? platforms : [];
  const isLooking = look?.state === "looking";
  // Whoever was taken off the team since is still looked for by the address.
  const isKnown = personId === null || team.length === 0 || team.some(({ id }) => id === personId);
  const stranger = isKnown ? [] : [{ value: personId, label: "Somebody who is not in the team" }];
  return (
    <Toolbar label="What to look for">
      <span className="w-72">
        <Select
          aria-label="Person"
          value={personId ?? EVERY_GROUP}
          onValueChange={(value) =>
            navigate(paths.find(value === EVERY_GROUP ? null : PersonId.parse(value)), { replace: true })
          }
          groups={[
            {
              label: null,
              options: [{ value: EVERY_GROUP, label: "Every group of our accounts" }, ...stranger],
            },
            {
              label: "Where is…",
              options: team
                .toSorted((a, b) => a.name.localeCompare(b.name))
                .map(({ id, name }) => ({ value: id, label: name })),
            },
          ]}
        />
      </span>
      <RadioGroup<Platform | typeof BOTH>
        label="Platforms"
        value={only}
        onValueChange={(value) => choosePlatforms(value === BOTH ? Platform.options : [value])}
        options={[
          { value: BOTH, label: "Slack and Telegram" },
          ...Platform.options.map((value) => ({ value, label: PLATFORM_WORDS[value] })),
        ]}
      />
      {isLooking ? (
        <Button icon={<X />} onClick={cancelLook}>
          Cancel
        </Button>
      ) : (
        <Button variant="primary" icon={<Search />} onClick={() => void startLook(personId, platforms)}>
          {personId === null ? "Ask for every group" : "Find now"}
        </Button>
      )}
    </Toolbar>
  );
}
