import { useMutation } from "@tanstack/react-query";
import { DoorOpen, Radar, UserMinus, UserPlus } from "lucide-react";
import type { PersonPage } from "#shared/contract/coverage.ts";
import { openOffboardingOf } from "#renderer/features/offboarding/screen.tsx";
import { findNow } from "#renderer/features/find/screen.tsx";
import { openNewOperation, planGapsOfPerson } from "#renderer/features/operations/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { formatNoun } from "#renderer/ui/format.ts";

/** What can be changed about where a person is. Each leads to a plan first. */
export function PersonActions({ person, gaps }: { person: PersonPage; gaps: number }) {
  const { personId, member } = person;
  const fix = useMutation({ mutationFn: () => planGapsOfPerson(personId) });
  if (member === null) return null;
  return (
    <>
      <Button icon={<DoorOpen />} onClick={() => void openOffboardingOf(personId)}>
        Offboard…
      </Button>
      <Button icon={<Radar />} onClick={() => findNow(personId)}>
        Find now
      </Button>
      <Button
        icon={<UserMinus />}
        onClick={() => openNewOperation({ kind: "remove", personIds: [personId], groupsBy: "key" })}
      >
        Remove from groups…
      </Button>
      <Button
        variant="primary"
        icon={<UserPlus />}
        isBusy={fix.isPending}
        disabled={gaps === 0}
        onClick={() => fix.mutate()}
      >
        Fix {formatNoun(gaps, "gap")}…
      </Button>
    </>
  );
}
