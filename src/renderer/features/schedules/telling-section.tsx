import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import type { TellingView } from "#shared/contract/insights.ts";
import type { Platform } from "#shared/domain/ids.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import type { TellingChannel, TellingSettings } from "#shared/domain/telling.ts";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { LeaveDialog } from "#renderer/ui/leave-dialog.tsx";
import { useLeaveGuard } from "#renderer/ui/leave-guard.ts";
import { Section } from "#renderer/ui/section.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { Switch } from "#renderer/ui/switch.tsx";
import { DestinationField } from "./destination-field.tsx";
import { MailFields } from "./mail-fields.tsx";
import { MessageList } from "./message-list.tsx";

/** Who is told when an audit finds new gaps, or a scheduled one fails. Saved as a whole. */
export function TellingSection({ view }: { view: TellingView }) {
  // What is written and not saved; without it the form follows what is saved, whoever saved it.
  const [written, setWritten] = useState<TellingSettings | null>(null);
  const draft = written ?? view.settings;
  const [password, setPassword] = useState("");
  const save = useMutation(
    orpc.insights.saveTelling.mutationOptions({
      onSuccess: (saved) => {
        // At once, so that the form never shows what was there before.
        queryClient.setQueryData(orpc.insights.getTelling.queryKey(), saved);
        setWritten(null);
        setPassword("");
        showToast({ tone: "ok", message: "Saved." });
      },
    }),
  );
  const isChanged = password !== "" || JSON.stringify(draft) !== JSON.stringify(view.settings);
  const { mutateAsync: keep } = save;
  useLeaveGuard(
    useMemo(
      () =>
        isChanged
          ? {
              what: "unsaved changes to who is told",
              save: () =>
                keep(asInput(draft, password)).then(
                  () => true,
                  () => false,
                ),
              // They are gone with the screen.
              discard: () => {},
            }
          : null,
      [isChanged, draft, password, keep],
    ),
  );
  const set = <Channel extends TellingChannel>(channel: Channel, change: Partial<TellingSettings[Channel]>) =>
    setWritten({ ...draft, [channel]: { ...draft[channel], ...change } });
  const submit = () => save.mutate(asInput(draft, password));
  const part = (channel: TellingChannel, label: string, hint: string, fields?: ReactNode) => (
    <ChannelPart
      channel={channel}
      label={label}
      hint={hint}
      isOn={draft[channel].enabled}
      onToggle={(enabled) => set(channel, { enabled })}
      isTestable={!isChanged}
    >
      {fields}
    </ChannelPart>
  );

  return (
    <Section title="Telling" isFlush aside="One message a run with what is new, one an operation">
      {/* No form element: in one, every switch brings a second control that nobody sees. */}
      <div role="group" aria-label="Ways of telling">
        <div className="border-b border-line px-4 py-3">
          <Switch
            label="Tell of operations, too"
            hint="One message when an operation ends, stops and needs you, or was planned by the clock and waits for you."
            isOn={draft.operations}
            onToggle={(operations) => setWritten({ ...draft, operations })}
          />
        </div>
        {part("system", "System notification", "A click on it opens the run or the operation.")}
        {part(
          "slack",
          "Slack message",
          "Sent as you; the app needs chat:write, and you must be in the channel.",
          <div className="grid gap-3 sm:grid-cols-2">
            <ConnectionField
              platform="slack"
              value={draft.slack.connectionId}
              onChange={(connectionId) => set("slack", { connectionId })}
            />
            <DestinationField
              label="Channel or person"
              hint="The id of a channel (C…), or of a person (U…) for a direct message."
              pickerLabel="Choose a channel"
              connectionId={draft.slack.connectionId}
              value={draft.slack.target}
              onChange={(target) => set("slack", { target })}
            />
          </div>,
        )}
        {part(
          "telegram",
          "Telegram message",
          "Sent from the account to its own Saved Messages, or to a group.",
          <div className="grid gap-3 sm:grid-cols-2">
            <ConnectionField
              platform="telegram"
              value={draft.telegram.connectionId}
              onChange={(connectionId) => set("telegram", { connectionId })}
            />
            <DestinationField
              label="Where to"
              hint="“self” for Saved Messages, or a group's id (with a minus sign for a basic group)."
              pickerLabel="Choose a group"
              connectionId={draft.telegram.connectionId}
              value={draft.telegram.target}
              onChange={(target) => set("telegram", { target })}
            />
          </div>,
        )}
        {part(
          "mail",
          "E-mail",
          "Plain text, over your own mail server.",
          <MailFields
            mail={draft.mail}
            hasPassword={view.hasMailPassword}
            password={password}
            onChange={(change) => set("mail", change)}
            onPassword={setPassword}
          />,
        )}
        {save.error && (
          <div className="px-4 pt-3">
            <ErrorNotice error={toFailure(save.error)} />
          </div>
        )}
        <div className="flex items-center justify-end gap-3 px-4 py-3">
          {isChanged && <span className="text-xs text-fg-muted">Not saved yet.</span>}
          <Button disabled={!isChanged} isBusy={save.isPending} onClick={submit}>
            Save
          </Button>
        </div>
      </div>
      <MessageList messages={view.recent} />
      <LeaveDialog />
    </Section>
  );
}

/** An empty password field leaves the one in the keychain as it is. */
function asInput(settings: TellingSettings, password: string) {
  return { settings, ...(password === "" ? {} : { mailPassword: password }) };
}

function ChannelPart(props: {
  channel: TellingChannel;
  label: string;
  hint: string;
  isOn: boolean;
  onToggle: (isOn: boolean) => void;
  isTestable: boolean;
  children?: ReactNode;
}) {
  const test = useMutation(
    orpc.insights.testTelling.mutationOptions({
      onSuccess: () => showToast({ tone: "ok", message: `The test was sent: ${props.label}.` }),
    }),
  );
  return (
    <div className="flex flex-col gap-3 border-b border-line px-4 py-3">
      <Switch label={props.label} hint={props.hint} isOn={props.isOn} onToggle={props.onToggle} />
      {props.isOn && (
        <>
          {props.children}
          {test.error && <ErrorNotice error={toFailure(test.error)} />}
          <div className="flex items-center gap-3">
            <Button
              disabled={!props.isTestable}
              isBusy={test.isPending}
              aria-label={`Send a test: ${props.label}`}
              onClick={() => test.mutate({ channel: props.channel })}
            >
              Send a test
            </Button>
            {!props.isTestable && <span className="text-xs text-fg-muted">Save first.</span>}
          </div>
        </>
      )}
    </div>
  );
}

function ConnectionField(props: {
  platform: Platform;
  value: ConnectionId | null;
  onChange: (connectionId: ConnectionId) => void;
}) {
  const { data: connections = [] } = useQuery(orpc.connections.list.queryOptions());
  const options = connections
    .filter(({ platform }) => platform === props.platform)
    .map(({ id, label, userName }) => ({ value: id, label: `${label} (${userName})` }));
  return (
    <Field label="From" hint={options.length === 0 ? "Connect one first." : undefined}>
      {(control) => (
        <Select
          {...control}
          value={props.value ?? ""}
          placeholder="Choose a connection"
          isDisabled={options.length === 0}
          onValueChange={(id) => props.onChange(ConnectionId.parse(id))}
          groups={[{ label: null, options }]}
        />
      )}
    </Field>
  );
}
