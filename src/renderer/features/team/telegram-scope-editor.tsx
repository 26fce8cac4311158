import type { PersonId } from "#shared/domain/ids.ts";
import type { TelegramScope } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { Field } from "#renderer/ui/field.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";

/** What counts when the rules say nothing. */
const SHARED_WITH_ACCOUNT: TelegramScope = { kind: "shared-with", personId: null };

const KINDS: readonly { value: TelegramScope["kind"]; label: string }[] = [
  { value: "shared-with", label: "Shared with a person" },
  { value: "folder", label: "A chat folder" },
  { value: "pattern", label: "By name" },
  { value: "all", label: "All" },
];

const HINTS: Readonly<Record<TelegramScope["kind"], string>> = {
  "shared-with":
    "The groups that the connected account shares with this person, narrowed by the patterns above.",
  folder:
    "Every group in one of the account's chat folders. Of the patterns above only the exceptions apply.",
  pattern: "Every group of the account whose name fits the patterns above.",
  all: "Every group of the account, whatever its name. Of the patterns above only the exceptions apply.",
};

const ACCOUNT = "account";

interface TelegramScopeEditorProps {
  readonly scope: TelegramScope | undefined;
  readonly team: readonly TeamMember[];
  readonly problem: string | undefined;
  readonly onChange: (scope: TelegramScope) => void;
}

/** Which Telegram groups an audit is about. Slack's channels are always chosen by name. */
export function TelegramScopeEditor({ scope, team, problem, onChange }: TelegramScopeEditorProps) {
  const shown = scope ?? SHARED_WITH_ACCOUNT;
  return (
    <section aria-labelledby="telegram-scope" className="mt-8 border-t border-line pt-4">
      <h2 id="telegram-scope" className="text-sm font-semibold">
        Telegram groups
      </h2>
      <p className="mt-1 max-w-prose text-sm text-pretty text-fg-muted">
        An account is often in many groups that are nobody's customer. Broadcast channels never count.
      </p>
      <div className="mt-3 space-y-3">
        <RadioGroup
          label="Which Telegram groups count"
          value={shown.kind}
          onValueChange={(kind) => onChange(scopeOf(kind))}
          options={KINDS}
        />
        <p className="max-w-prose text-sm text-fg-muted">{HINTS[shown.kind]}</p>
        {shown.kind === "shared-with" ? (
          <Field label="Shared with" className="max-w-80">
            {(control) => (
              <Select
                {...control}
                value={shown.personId ?? ACCOUNT}
                onValueChange={(value) =>
                  onChange({ ...shown, personId: value === ACCOUNT ? null : (value as PersonId) })
                }
                groups={[
                  { label: null, options: [{ value: ACCOUNT, label: "The connected account itself" }] },
                  {
                    label: "Team members",
                    options: team.map(({ id, name }) => ({ value: id, label: name })),
                  },
                ]}
              />
            )}
          </Field>
        ) : null}
        {shown.kind === "folder" ? (
          <Field
            label="Title of the folder"
            hint="As it stands in Telegram's list of chats."
            error={problem}
            className="max-w-80"
            isRequired
          >
            {(control) => (
              <TextInput
                {...control}
                value={shown.title}
                maxLength={200}
                onChange={(event) => onChange({ kind: "folder", title: event.target.value })}
              />
            )}
          </Field>
        ) : null}
      </div>
    </section>
  );
}

function scopeOf(kind: TelegramScope["kind"]): TelegramScope {
  switch (kind) {
    case "shared-with":
      return SHARED_WITH_ACCOUNT;
    case "folder":
      return { kind, title: "" };
    case "pattern":
    case "all":
      return { kind };
  }
}
