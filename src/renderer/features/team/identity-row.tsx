import { X } from "lucide-react";
import { Badge } from "#renderer/ui/badge.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import type { Identity } from "#shared/domain/team.ts";
import {
  type Workspace,
  changeIdentity,
  identityWords,
  parseHandle,
  platformNames,
} from "./identity-words.ts";

interface IdentityRowProps {
  readonly identity: Identity;
  readonly number: number;
  readonly workspaces: readonly Workspace[];
  readonly error: string | undefined;
  readonly onChange: (identity: Identity) => void;
  readonly onRemove: () => void;
}

/** Stands for "any workspace": a select has no empty value. */
const ANY = "any";

/** One account of a member, and what the platform last said about it. */
export function IdentityRow({ identity, number, workspaces, error, onChange, onRemove }: IdentityRowProps) {
  const words = identityWords[identity.state];
  const change = (changed: Parameters<typeof changeIdentity>[1]) =>
    onChange(changeIdentity(identity, changed));
  return (
    <li className="rounded-md border border-line bg-surface p-3">
      <div className="mb-2.5 flex items-center gap-2">
        <h3 className="text-sm font-medium">
          {platformNames[identity.platform]}
          <span className="sr-only"> account {number}</span>
        </h3>
        <Badge tone={words.tone}>{words.label}</Badge>
        {words.todo && <span className="min-w-0 flex-1 text-xs text-fg-muted">{words.todo}</span>}
        <IconButton
          label={`Remove account ${number}`}
          icon={<X />}
          onClick={onRemove}
          className="-my-1 -mr-1 ml-auto"
        />
      </div>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Username" error={error}>
          {(control) => (
            <TextInput
              {...control}
              value={identity.username ?? ""}
              placeholder="ana.ferreira"
              maxLength={200}
              onChange={(event) => change({ username: parseHandle(event.target.value) })}
            />
          )}
        </Field>
        <Field label="User id">
          {(control) => (
            <TextInput
              {...control}
              isCode
              value={identity.userId ?? ""}
              placeholder={identity.platform === "slack" ? "U0123456789" : "123456789"}
              maxLength={100}
              onChange={(event) => change({ userId: event.target.value.trim() || null })}
            />
          )}
        </Field>
        {identity.platform === "slack" && (
          <Field label="Workspace">
            {(control) => (
              <Select
                {...control}
                value={identity.workspaceId ?? ANY}
                onValueChange={(value) => change({ workspaceId: value === ANY ? null : value })}
                groups={[
                  { label: null, options: [{ value: ANY, label: "Any that knows the id" }] },
                  {
                    label: "Workspaces",
                    options: workspaces.map(({ id, name }) => ({ value: id, label: name })),
                  },
                ].filter((group) => group.options.length > 0)}
              />
            )}
          </Field>
        )}
      </div>
    </li>
  );
}
