import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TeamMember } from "#shared/domain/team.ts";
import { orpc } from "#renderer/api/client.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Combobox } from "#renderer/ui/combobox.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { openOffboardingOf } from "./offboarding-actions.ts";

const FORM_ID = "start-offboarding";

/** Asks who leaves. */
export function StartDialog({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const [typed, setTyped] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const { data } = useQuery(orpc.team.get.queryOptions());
  const members = new Map((data?.team ?? []).map((member, _at, team) => [labelOf(member, team), member]));
  const words = typed.trim().toLocaleLowerCase();
  const chosen = [...members].find(([label]) => label.toLocaleLowerCase() === words)?.[1];
  const start = async () => {
    if (chosen === undefined) return;
    setIsBusy(true);
    await openOffboardingOf(chosen.id);
    setIsBusy(false);
    onOpenChange(false);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Who leaves?"
      description="Nothing is changed yet: first the platforms are asked where they are."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            type="submit"
            form={FORM_ID}
            variant="primary"
            disabled={chosen === undefined}
            isBusy={isBusy}
          >
            Start the offboarding
          </Button>
        </>
      }
    >
      <form
        id={FORM_ID}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <Field label="Team member" hint="Type a part of the name." isRequired>
          {(control) => (
            <Combobox
              {...control}
              value={typed}
              onValueChange={setTyped}
              suggestions={[...members.keys()]}
              maxLength={200}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}

/** Two people of one name are told apart by what they are known as. */
function labelOf({ id, name }: TeamMember, team: readonly TeamMember[]): string {
  return team.filter((other) => other.name === name).length > 1 ? `${name} (${id})` : name;
}
