import { X } from "lucide-react";
import { Field } from "#renderer/ui/field.tsx";
import { focusWhenEmpty } from "#renderer/ui/focus-on-mount.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import type { Platform } from "#shared/domain/ids.ts";
import type { GroupMatcher } from "#shared/domain/rules.ts";
import { LinesInput } from "./lines-input.tsx";

interface MatcherRowProps {
  readonly matcher: GroupMatcher;
  readonly error: string | undefined;
  readonly onChange: (matcher: GroupMatcher) => void;
  readonly onRemove: () => void;
}

/** One way to recognise a group. */
export function MatcherRow({ matcher, error, onChange, onRemove }: MatcherRowProps) {
  return (
    <li className="flex items-start gap-2 rounded-md border border-line bg-raised p-2.5">
      <div className="min-w-0 flex-1">
        {matcher.kind === "pattern" && (
          <Field label="Name pattern" error={error} hint="* any text, ? one character, {a,b} either.">
            {(control) => (
              <TextInput
                {...control}
                isCode
                value={matcher.pattern}
                placeholder="*-support"
                maxLength={300}
                ref={focusWhenEmpty}
                onChange={(event) => onChange({ ...matcher, pattern: event.target.value })}
              />
            )}
          </Field>
        )}
        {matcher.kind === "name" && (
          <Field
            label="Exact names"
            error={error}
            hint={`One a line. ${formatNoun(matcher.names.length, "name")}.`}
          >
            {(control) => (
              <LinesInput
                control={control}
                lines={matcher.names}
                onChange={(names) => onChange({ ...matcher, names })}
              />
            )}
          </Field>
        )}
        {matcher.kind === "id" && (
          <div className="flex flex-wrap gap-3">
            <Field label="Platform" className="w-32">
              {(control) => (
                <Select
                  {...control}
                  value={matcher.platform}
                  onValueChange={(platform) => onChange({ ...matcher, platform: platform as Platform })}
                  groups={[
                    {
                      label: null,
                      options: [
                        { value: "slack", label: "Slack" },
                        { value: "telegram", label: "Telegram" },
                      ],
                    },
                  ]}
                />
              )}
            </Field>
            <Field
              label="Group ids"
              error={error}
              hint={`One a line, such as C0123456789. ${formatNoun(matcher.ids.length, "id")}.`}
              className="min-w-48 flex-1"
            >
              {(control) => (
                <LinesInput
                  control={control}
                  lines={matcher.ids}
                  onChange={(ids) => onChange({ ...matcher, ids })}
                />
              )}
            </Field>
          </div>
        )}
      </div>
      <IconButton label="Remove this matcher" icon={<X />} onClick={onRemove} />
    </li>
  );
}
