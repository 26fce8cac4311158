import { useMemo } from "react";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { paths } from "#renderer/api/paths.ts";
import { ChooseTextFile } from "./choose-text-file.tsx";
import { readMapping } from "./name-mapping.ts";
import { changeDraft, useOperationDraft } from "./operation-draft.ts";

const WAYS = [
  { value: "pattern", label: "Find and replace" },
  { value: "mapping", label: "A list of names" },
  { value: "deprecated", label: "Deprecated terms" },
] as const;

/** How names change. */
export function RenameFields() {
  const draft = useOperationDraft();
  const { renameBy, find, replacement, isRegularExpression, ignoreCase, mappingText } = draft;
  const mapping = useMemo(() => readMapping(mappingText), [mappingText]);
  return (
    <div className="space-y-3">
      <RadioGroup
        label="How the names change"
        value={renameBy}
        onValueChange={(value) => changeDraft({ renameBy: value })}
        options={WAYS}
      />
      {renameBy === "pattern" ? (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Find" isRequired>
              {(control) => (
                <TextInput
                  {...control}
                  isCode
                  value={find}
                  maxLength={300}
                  onChange={(event) => changeDraft({ find: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="Replace with"
              hint={isRegularExpression ? "$1 stands for the first pair of brackets." : undefined}
            >
              {(control) => (
                <TextInput
                  {...control}
                  isCode
                  value={replacement}
                  maxLength={300}
                  onChange={(event) => changeDraft({ replacement: event.target.value })}
                />
              )}
            </Field>
          </div>
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            <Checkbox
              label="Capital letters do not matter"
              isChecked={ignoreCase}
              onCheckedChange={(isChecked) => changeDraft({ ignoreCase: isChecked })}
            />
            <Checkbox
              label="It is a regular expression"
              isChecked={isRegularExpression}
              onCheckedChange={(isChecked) => changeDraft({ isRegularExpression: isChecked })}
            />
          </div>
        </>
      ) : null}
      {renameBy === "mapping" ? (
        <>
          <Field
            label="Old and new names"
            hint={'As JSON: {"old name": "new name", …}'}
            error={mappingText.trim() !== "" && "problem" in mapping ? mapping.problem : undefined}
          >
            {(control) => (
              <TextArea
                {...control}
                isCode
                rows={6}
                value={mappingText}
                onChange={(event) => changeDraft({ mappingText: event.target.value })}
              />
            )}
          </Field>
          <ChooseTextFile
            label="Choose a JSON file…"
            accept=".json,application/json"
            onText={(text) => changeDraft({ mappingText: text })}
          />
        </>
      ) : null}
      {renameBy === "deprecated" ? (
        <p className="text-sm text-fg-muted">
          Every deprecated term in a name is replaced as the rules say.{" "}
          <TextLink to={paths.team()}>Show the terms</TextLink>
        </p>
      ) : null}
    </div>
  );
}
