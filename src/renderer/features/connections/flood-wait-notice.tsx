import { Notice } from "#renderer/ui/notice.tsx";
import { formatShortDateTime } from "#renderer/ui/format.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { formatCountdown } from "./countdown.ts";

interface FloodWaitNoticeProps {
  readonly untilMs: number;
  readonly nowMs: number;
}

/** Telegram asks to wait: how long still, and when that is. */
export function FloodWaitNotice({ untilMs, nowMs }: FloodWaitNoticeProps) {
  const leftMs = untilMs - nowMs;
  if (leftMs <= 0)
    return (
      <Notice tone="info" title="The wait is over.">
        You can go on.
      </Notice>
    );
  return (
    <Notice tone="warn" title="Telegram asks to wait.">
      You can go on at {formatShortDateTime(untilMs + SECOND_MS)}
      {/* Read out once, not every second. */}
      <span aria-hidden="true" className="tabular">
        , in {formatCountdown(leftMs)}
      </span>
      . Trying earlier makes the wait longer.
    </Notice>
  );
}
