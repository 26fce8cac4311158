import type { MailSecurity, TellingSettings } from "#shared/domain/telling.ts";
import { Field } from "#renderer/ui/field.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";

type Mail = TellingSettings["mail"];

const SECURITY: readonly { value: MailSecurity; label: string; port: number }[] = [
  { value: "starttls", label: "STARTTLS (587)", port: 587 },
  { value: "tls", label: "TLS (465)", port: 465 },
  { value: "none", label: "None: a server on this machine (25)", port: 25 },
];

interface MailFieldsProps {
  readonly mail: Mail;
  readonly hasPassword: boolean;
  readonly password: string;
  readonly onChange: (change: Partial<Mail>) => void;
  readonly onPassword: (password: string) => void;
}

/** How to reach the mail server. The password goes to the keychain and never comes back here. */
export function MailFields({ mail, hasPassword, password, onChange, onPassword }: MailFieldsProps) {
  const text = (name: "host" | "user" | "from" | "to", label: string, hint?: string) => (
    <Field label={label} hint={hint}>
      {(control) => (
        <TextInput
          {...control}
          maxLength={name === "to" ? 2_000 : 253}
          value={mail[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {text("host", "Server", "As in smtp.example.com.")}
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3">
        <Field label="Encryption">
          {(control) => (
            <Select
              {...control}
              value={mail.security}
              onValueChange={(value) => {
                const chosen = SECURITY.find((known) => known.value === value);
                if (chosen) onChange({ security: chosen.value, port: chosen.port });
              }}
              groups={[{ label: null, options: SECURITY }]}
            />
          )}
        </Field>
        <Field label="Port">
          {(control) => (
            <TextInput
              {...control}
              type="number"
              min={1}
              max={65_535}
              className="tabular"
              value={String(mail.port)}
              onChange={(event) => onChange({ port: Number(event.target.value) })}
            />
          )}
        </Field>
      </div>
      {text("user", "User name", "Empty for a server that asks for none.")}
      <Field
        label="Password"
        hint={hasPassword ? "There is one in the keychain; type to replace it." : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            type="password"
            autoComplete="new-password"
            maxLength={1_000}
            value={password}
            onChange={(event) => onPassword(event.target.value)}
          />
        )}
      </Field>
      {text("from", "From")}
      {text("to", "To", "Several addresses with commas between them.")}
    </div>
  );
}
