import { useQuery } from "@tanstack/react-query";
import { ConnectionId } from "#shared/domain/ids.ts";
import { orpc } from "#renderer/api/client.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { customersOf } from "./draft-request.ts";
import { changeDraft, useOperationDraft } from "./operation-draft.ts";

/** What a new customer group is made of. */
export function CreateFields() {
  const draft = useOperationDraft();
  const { data: connections = [] } = useQuery(orpc.connections.list.queryOptions());
  const platform = connections.find(({ id }) => id === draft.connectionId)?.platform;
  const [first = "acme"] = customersOf(draft.customersText);
  return (
    <div className="space-y-3">
      <Field label="Where" className="max-w-96" isRequired>
        {(control) => (
          <Select
            {...control}
            value={draft.connectionId ?? ""}
            onValueChange={(value) => changeDraft({ connectionId: ConnectionId.parse(value) })}
            placeholder="Choose a workspace or account"
            groups={[
              {
                label: null,
                options: connections.map(({ id, label, platform: of }) => ({
                  value: id,
                  label: `${label} (${PLATFORM_WORDS[of]})`,
                })),
              },
            ]}
          />
        )}
      </Field>
      <Field label="Customers, one a line" hint="A group is created for each." isRequired>
        {(control) => (
          <TextArea
            {...control}
            rows={3}
            value={draft.customersText}
            onChange={(event) => changeDraft({ customersText: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Name"
        hint={`{customer} is replaced by each customer: ${nameOf(draft.namePattern, first)}`}
        isRequired
      >
        {(control) => (
          <TextInput
            {...control}
            isCode
            value={draft.namePattern}
            maxLength={255}
            onChange={(event) => changeDraft({ namePattern: event.target.value })}
          />
        )}
      </Field>
      <Field label={platform === "telegram" ? "Description" : "Topic"} isOptional>
        {(control) => (
          <TextInput
            {...control}
            value={draft.about}
            maxLength={250}
            onChange={(event) => changeDraft({ about: event.target.value })}
          />
        )}
      </Field>
      <Field label="Welcome message" hint="Posted first, and pinned." isOptional>
        {(control) => (
          <TextArea
            {...control}
            rows={3}
            value={draft.welcome}
            maxLength={4_000}
            onChange={(event) => changeDraft({ welcome: event.target.value })}
          />
        )}
      </Field>
      {platform === "telegram" ? (
        <Checkbox
          label="New members see what was written before they came"
          isChecked={draft.isHistoryVisible}
          onCheckedChange={(isChecked) => changeDraft({ isHistoryVisible: isChecked })}
        />
      ) : (
        <Checkbox
          label="Private"
          hint="Only who is invited sees the channel."
          isChecked={draft.isPrivate}
          onCheckedChange={(isChecked) => changeDraft({ isPrivate: isChecked })}
        />
      )}
    </div>
  );
}

function nameOf(pattern: string, customer: string): string {
  return pattern.replaceAll("{customer}", customer);
}
