import { useQuery } from "@tanstack/react-query";
import type { RunGroup } from "#shared/domain/coverage.ts";
import { useEffect, useMemo, useState } from "react";
import type { GroupKey } from "#shared/domain/ids.ts";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Disclosure } from "#renderer/ui/disclosure.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { useSettled } from "#renderer/ui/use-settled.ts";
import { platformsOf } from "./chosen-groups.ts";
import { ChooseTextFile } from "./choose-text-file.tsx";
import { candidatesOf, linesOf, settledKeys } from "./group-lines.ts";
import { changeDraft, useOperationDraft } from "./operation-draft.ts";

const REST_MS = 400;

/** Groups named in a text, one a line: what each line means, and what the operator has to settle. */
export function GroupLineList({ groups }: { groups: readonly RunGroup[] }) {
  const draft = useOperationDraft();
  const { listText } = draft;
  const platforms = platformsOf(draft);
  const [settled, setSettled] = useState<ReadonlySet<GroupKey>>(new Set());
  const text = useSettled(listText, REST_MS);
  const lines = useMemo(() => linesOf(text), [text]);
  const { data, error } = useQuery({
    ...orpc.membership.resolveGroups.queryOptions({ input: { lines, platforms: [...platforms] } }),
    enabled: text.trim() !== "",
    placeholderData: (before) => before,
  });
  const shown = text.trim() === "" ? undefined : data;
  const keys = useMemo(() => settledKeys(shown, settled), [shown, settled]);
  useEffect(() => changeDraft({ listKeys: keys }), [keys]);
  return (
    <div className="space-y-3">
      <Field label="Groups, one a line" hint="Names or ids, in any spelling. Empty lines do not matter.">
        {(control) => (
          <TextArea
            {...control}
            isCode
            rows={6}
            value={listText}
            onChange={(event) => changeDraft({ listText: event.target.value })}
          />
        )}
      </Field>
      <ChooseTextFile
        label="Choose a file…"
        accept=".txt,.csv,.log,text/plain"
        onText={(listText) => changeDraft({ listText })}
      />
      {error ? <ErrorNotice error={toFailure(error)} /> : null}
      {shown ? (
        <div className="space-y-2" aria-live="polite">
          <p className="text-sm font-medium">
            {formatNoun(keys.length, "group")} found
            {shown.duplicates.length > 0
              ? `, ${formatNoun(shown.duplicates.length, "line")} named again`
              : ""}
            {shown.emptyLines > 0 ? `, ${formatNoun(shown.emptyLines, "empty line")}` : ""}
          </p>
          {shown.ambiguous.map(({ line, names }) => (
            <fieldset key={line} className="space-y-1.5 rounded-lg border border-line px-3 py-2">
              <legend className="px-1 text-sm">
                <span className="font-mono text-xs">{line}</span> fits several groups. Which are meant?
              </legend>
              {candidatesOf(names, groups, platforms).map((group) => (
                <Checkbox
                  key={group.key}
                  label={group.name}
                  hint={`${PLATFORM_WORDS[group.platform]} · ${group.categoryName ?? "No category"}`}
                  isChecked={settled.has(group.key)}
                  onCheckedChange={(isIn) => setSettled(toggled(settled, group.key, isIn))}
                />
              ))}
            </fieldset>
          ))}
          {shown.unknown.length > 0 ? (
            <LineList
              label={`${formatNoun(shown.unknown.length, "line")} not found`}
              hint="No group known from the last audit is called so. They are left out."
              lines={shown.unknown}
              isInitiallyOpen
            />
          ) : null}
          {shown.duplicates.length > 0 ? (
            <LineList
              label={`${formatNoun(shown.duplicates.length, "line")} named again`}
              hint="Each group counts once."
              lines={shown.duplicates}
            />
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

function LineList(props: {
  label: string;
  hint: string;
  lines: readonly string[];
  isInitiallyOpen?: boolean;
}) {
  return (
    <Disclosure label={props.label} isInitiallyOpen={props.isInitiallyOpen ?? false}>
      <p className="mb-1 text-xs text-fg-muted">{props.hint}</p>
      <ul className="max-h-40 overflow-y-auto rounded-md bg-sunken px-3 py-1.5 font-mono text-xs">
        {props.lines.map((line, at) => (
          <li key={`${at}-${line}`} className="truncate">
            {line}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function toggled(set: ReadonlySet<GroupKey>, key: GroupKey, isIn: boolean): ReadonlySet<GroupKey> {
  const next = new Set(set);
  if (isIn) next.add(key);
  else next.delete(key);
  return next;
}
