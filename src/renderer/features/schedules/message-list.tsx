import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { RunId } from "#shared/domain/ids.ts";
import { operationOfEvent } from "#shared/domain/operation-news.ts";
import type { Telling, TellingChannel, TellingState } from "#shared/domain/telling.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { Badge, type Tone } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { formatShortDateTime } from "#renderer/ui/format.ts";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { showFailed } from "./use-schedule-actions.ts";

const CHANNEL_WORDS: Readonly<Record<TellingChannel, string>> = {
  system: "Notification",
  slack: "Slack",
  telegram: "Telegram",
  mail: "E-mail",
};

const STATES: Readonly<Record<TellingState, { label: string; tone: Tone }>> = {
  waiting: { label: "Waiting", tone: "warn" },
  sending: { label: "Sending", tone: "accent" },
  sent: { label: "Sent", tone: "ok" },
  failed: { label: "Failed", tone: "danger" },
  unknown: { label: "Unknown", tone: "warn" },
};

/** The last messages, and what became of each. */
export function MessageList({ messages }: { messages: readonly Telling[] }) {
  if (messages.length === 0)
    return <p className="border-t border-line px-4 py-3 text-sm text-fg-muted">Nothing was told yet.</p>;
  return (
    <ul aria-label="Last messages" className="divide-y divide-line border-t border-line">
      {messages.map((message) => (
        <MessageLine key={`${message.runId} ${message.kind} ${message.channel}`} message={message} />
      ))}
    </ul>
  );
}

function pathOf(id: Telling["runId"]): string {
  const operationId = operationOfEvent(id);
  return operationId === null ? paths.run(RunId.parse(id)) : paths.operation(operationId);
}

function MessageLine({ message }: { message: Telling }) {
  const { runId, kind, channel, state, title, atMs, failure } = message;
  const retry = useMutation(orpc.insights.retryTelling.mutationOptions({ onError: showFailed }));
  const mayRetry = state === "failed" || state === "unknown";
  const unknown = state === "unknown" ? "It may have arrived, so it was not sent again. " : "";
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-sm">
      <span className="w-20">
        <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>
      </span>
      <span className="w-24 text-fg-muted">{CHANNEL_WORDS[channel]}</span>
      <span className="min-w-48 flex-1">
        <TextLink to={pathOf(runId)}>{title}</TextLink>
        {(unknown !== "" || failure) && (
          <span className="block text-xs text-fg-muted">
            {unknown}
            {failure ? `${failure.message} ${state === "unknown" ? "" : failure.todo}` : ""}
          </span>
        )}
      </span>
      <span className="tabular text-xs text-fg-muted">{formatShortDateTime(atMs)}</span>
      {mayRetry && (
        <Button
          variant="ghost"
          icon={<RotateCcw />}
          isBusy={retry.isPending}
          aria-label={`Send again: ${title}, ${CHANNEL_WORDS[channel]}`}
          onClick={() => retry.mutate({ runId, kind, channel })}
        >
          Send again
        </Button>
      )}
    </li>
  );
}
