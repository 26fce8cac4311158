import { Disclosure } from "#renderer/ui/disclosure.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";

interface AddressFieldsProps {
  /** The address to begin with; empty means Slack's own. */
  readonly initialApiUrl: string;
  readonly hasAuthorizeUrl?: boolean;
}

/** Where Slack is reached, for those who run a stand-in. Read from the form by name: `apiUrl`, `authorizeUrl`. */
export function AddressFields({ initialApiUrl, hasAuthorizeUrl = false }: AddressFieldsProps) {
  return (
    <Disclosure label="Another address than slack.com" isInitiallyOpen={initialApiUrl !== ""}>
      <div className="space-y-3 pl-4">
        <Field
          label="API address"
          isOptional
          hint="For a test server. The connection is marked wherever it is shown."
        >
          {(control) => (
            <TextInput
              {...control}
              isCode
              type="url"
              name="apiUrl"
              defaultValue={initialApiUrl}
              placeholder="https://slack.com/api/"
            />
          )}
        </Field>
        {hasAuthorizeUrl && (
          <Field label="Sign-in page" isOptional>
            {(control) => (
              <TextInput
                {...control}
                isCode
                type="url"
                name="authorizeUrl"
                placeholder="https://slack.com/oauth/v2/authorize"
              />
            )}
          </Field>
        )}
      </div>
    </Disclosure>
  );
}
