import { ArrowLeft } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import type { ShownFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { formatCountdown } from "./countdown.ts";
import { FloodWaitNotice } from "./flood-wait-notice.tsx";
import { waitEndOf } from "./telegram-flow.ts";

interface StepFormProps {
  readonly children: ReactNode;
  readonly isBusy: boolean;
  /** What went wrong, unless a field says it already. */
  readonly failure: ShownFailure | null;
  /** What to do about that failure with one press. */
  readonly failureAction?: ReactNode;
  readonly submitLabel: string;
  readonly busyLabel: string;
  readonly onSubmit: (form: HTMLFormElement) => void;
  readonly onBack?: () => void;
  /** Another way on, beside the main one. */
  readonly alternative?: ReactNode;
}

/** One step of a sign-in: fields, what went wrong, and the way back and on. Counts down when Telegram asks to wait. */
export function StepForm(props: StepFormProps) {
  const nowMs = useNow(SECOND_MS);
  const untilMs = waitEndOf(props.failure);
  const leftMs = untilMs === null ? 0 : Math.max(0, untilMs - nowMs);
  const trouble = useRef<HTMLDivElement>(null);
  // Below a long form it would stand out of sight.
  useEffect(() => {
    if (props.failure) trouble.current?.scrollIntoView({ block: "nearest" });
  }, [props.failure]);
  const submitLabel = leftMs > 0 ? `Wait ${formatCountdown(leftMs)}` : props.submitLabel;
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        if (!props.isBusy && leftMs === 0) props.onSubmit(event.currentTarget);
      }}
    >
      {props.children}
      <div ref={trouble} className="scroll-mb-14 empty:hidden">
        {untilMs !== null && <FloodWaitNotice untilMs={untilMs} nowMs={nowMs} />}
        {untilMs === null && props.failure && (
          <ErrorNotice error={props.failure} action={props.failureAction} />
        )}
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2">
        {props.onBack && (
          <Button variant="ghost" icon={<ArrowLeft />} onClick={props.onBack} className="mr-auto">
            Back
          </Button>
        )}
        {props.alternative}
        <Button type="submit" variant="primary" isBusy={props.isBusy || leftMs > 0} className="tabular">
          {props.isBusy ? props.busyLabel : submitLabel}
        </Button>
      </div>
    </form>
  );
}
