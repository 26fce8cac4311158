import { type FormEvent, useLayoutEffect, useState } from "react";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Combobox } from "#renderer/ui/combobox.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { KeyboardHint } from "#renderer/ui/keyboard-hint.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { useShortcut } from "#renderer/ui/use-shortcut.ts";
import type { MemberStatus, TeamMember } from "#shared/domain/team.ts";
import { IdentityList } from "./identity-list.tsx";
import { emptyIdentity, statusWords } from "./identity-words.ts";
import { type MemberDraft, findMemberProblems } from "./member-problems.ts";
import { listRoles } from "./requirement-words.ts";
import { useSaveMember } from "./use-save-member.ts";

interface MemberFormProps {
  /** Null for somebody new. */
  readonly member: TeamMember | null;
  readonly team: readonly TeamMember[];
  readonly onDirtyChange: (isDirty: boolean) => void;
  readonly onCancel: () => void;
  readonly onDone: () => void;
}

const nobody: MemberDraft = {
  name: "",
  role: null,
  status: "active",
  email: null,
  identities: [emptyIdentity("slack")],
};

/** One member's particulars. */
export function MemberForm({ member, team, onDirtyChange, onCancel, onDone }: MemberFormProps) {
  const initial = member ?? nobody;
  const [draft, setDraft] = useState<MemberDraft>(initial);
  const [wasTried, setWasTried] = useState(false);
  const saving = useSaveMember(member?.id ?? null, (saved) => {
    if (!member) showToast({ tone: "ok", message: `${saved.name} was added to the team.` });
    onDone();
  });
  const problems = findMemberProblems(draft);
  const shown = wasTried ? problems : null;
  const isDirty = JSON.stringify(draft) !== JSON.stringify(initial);
  // Before the next key can arrive: an Escape right after the last letter must find the form changed.
  useLayoutEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);

  const change = (changed: Partial<MemberDraft>) => setDraft((before) => ({ ...before, ...changed }));
  const save = () => {
    setWasTried(true);
    if (problems === null) saving.mutate({ ...draft, name: draft.name.trim() });
  };
  useShortcut("mod+Enter", save, { inDialogs: true });

  return (
    <form
      noValidate
      className="space-y-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" isRequired error={shown?.name}>
          {(control) => (
            <TextInput
              {...control}
              data-initial-focus=""
              value={draft.name}
              maxLength={200}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="E-mail" isOptional error={shown?.email} hint="Helps to find the right Slack account.">
          {(control) => (
            <TextInput
              {...control}
              type="email"
              value={draft.email ?? ""}
              maxLength={320}
              onChange={(event) => change({ email: event.target.value.trim() || null })}
            />
          )}
        </Field>
        <Field label="Role" isOptional hint="Requirements can name a role.">
          {(control) => (
            <Combobox
              {...control}
              value={draft.role ?? ""}
              onValueChange={(role) => change({ role: role === "" ? null : role })}
              suggestions={listRoles(team)}
              maxLength={100}
            />
          )}
        </Field>
        <Field label="Status" hint={statusWords[draft.status].hint}>
          {(control) => (
            <Select
              {...control}
              value={draft.status}
              onValueChange={(status) => change({ status: status as MemberStatus })}
              groups={[
                {
                  label: null,
                  options: Object.entries(statusWords).map(([value, { label }]) => ({ value, label })),
                },
              ]}
            />
          )}
        </Field>
      </div>
      <IdentityList
        identities={draft.identities}
        problems={shown?.identities ?? {}}
        onChange={(identities) => change({ identities })}
      />
      {saving.error && <ErrorNotice error={toFailure(saving.error)} />}
      <div className="flex justify-end gap-2 border-t border-line pt-4">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" isBusy={saving.isPending}>
          {member ? "Save" : "Add to the team"}
          <KeyboardHint keys="mod+Enter" />
        </Button>
      </div>
    </form>
  );
}
