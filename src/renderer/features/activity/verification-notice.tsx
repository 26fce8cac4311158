import { CircleCheck, ShieldAlert, X } from "lucide-react";
import { cx } from "#renderer/ui/class-names.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import type { ActivityVerification } from "#shared/domain/activity.ts";
import { describeVerification } from "./activity-words.ts";

interface VerificationNoticeProps {
  readonly verification: ActivityVerification;
  readonly onDismiss: () => void;
}

/** What checking the log found. */
export function VerificationNotice({ verification, onDismiss }: VerificationNoticeProps) {
  const isIntact = verification.intact;
  return (
    <div
      role={isIntact ? "status" : "alert"}
      className={cx(
        "flex shrink-0 items-start gap-2.5 px-5 py-2 text-sm",
        isIntact ? "bg-ok-soft" : "bg-danger-soft",
      )}
    >
      {isIntact ? (
        <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ok-fg" />
      ) : (
        <ShieldAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger-fg" />
      )}
      <div className="min-w-0 flex-1">
        <span className={cx("font-medium", isIntact ? "text-ok-fg" : "text-danger-fg")}>
          {describeVerification(verification)}
        </span>
        {!verification.intact && (
          <span className="text-fg">
            {" "}
            {verification.explanation} Lines before it can be trusted, those from it on cannot. Keep a copy of
            the data folder before anything else changes it.
          </span>
        )}
      </div>
      <IconButton label="Dismiss the result" icon={<X />} onClick={onDismiss} className="-my-1 -mr-1.5" />
    </div>
  );
}
