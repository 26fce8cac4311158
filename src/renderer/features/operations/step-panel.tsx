import type { OperationId, OperationStep, StepState } from "#shared/domain/operation.ts";
import { remedyFor } from "#shared/domain/remedy.ts";
import { paths } from "#renderer/api/paths.ts";
import { GROUP_KIND_WORDS } from "#renderer/api/words.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { focusOnMount } from "#renderer/ui/focus-on-mount.ts";
import { formatDateTime } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { SidePanel } from "#renderer/ui/side-panel.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { skippedWords, stepWords } from "./operation-words.ts";
import { StepHelp } from "./step-help.tsx";
import { StepStateMark } from "./step-state-mark.tsx";

interface StepPanelProps {
  readonly operationId: OperationId;
  readonly step: OperationStep;
  readonly state: StepState;
  readonly isPlan: boolean;
  readonly onClose: () => void;
}

/** Everything about one step, and what can be done instead where it was not done. */
export function StepPanel({ operationId, step, state, isPlan, onClose }: StepPanelProps) {
  // What it says stands below in full.
  const heading = step.action === "send" ? "Send a message" : stepWords(step);
  const remedy =
    state === "refused" && step.failure !== null && step.groupKey !== null
      ? remedyFor(step.platform, step.action, step.failure.code)
      : "nothing";
  return (
    <SidePanel
      label={`Step in ${step.groupName}`}
      onClose={onClose}
      header={
        <>
          <h2
            key={step.ordinal}
            ref={focusOnMount}
            tabIndex={-1}
            className="truncate text-base font-semibold outline-none"
            title={heading}
          >
            {heading}
          </h2>
          <p className="flex items-center gap-1 text-xs text-fg-muted">
            <PlatformMark platform={step.platform} isNamed /> ·{" "}
            <span className="truncate">{step.groupName}</span>
          </p>
        </>
      }
    >
      <div className="space-y-4 p-4">
        {step.failure ? (
          <Notice tone={state === "failed" ? "danger" : "warn"} title={step.failure.message}>
            {step.failure.todo} <span className="font-mono text-2xs text-fg-muted">{step.failure.code}</span>
          </Notice>
        ) : null}
        {remedy === "nothing" ? null : (
          <StepHelp
            key={step.ordinal}
            operationId={operationId}
            ordinal={step.ordinal}
            mayLink={remedy === "link"}
          />
        )}
        <Facts
          entries={[
            [isPlan ? "Plan" : "Outcome", <StepStateMark key="state" state={state} isPlan={isPlan} />],
            [
              "Person",
              step.personId ? (
                <TextLink key="person" to={paths.person(step.personId)}>
                  {step.personName ?? step.personId}
                </TextLink>
              ) : (
                step.personName
              ),
            ],
            [
              "Group",
              step.groupKey ? (
                <TextLink key="group" to={paths.group(step.groupKey)}>
                  {step.groupName}
                </TextLink>
              ) : step.action === "send" ? null : (
                `${step.groupName} (to be created)`
              ),
            ],
            ["Kind", step.groupKind ? GROUP_KIND_WORDS[step.groupKind] : null],
            [step.action === "rename" ? "Name now" : "Before", step.before],
            [step.action === "rename" ? "New name" : "Text", step.after],
            [
              "Rests on",
              isPlan ? (step.evidence === "live" ? "Asked just now" : "The last audit's results") : null,
            ],
            ["Why not", skippedWords(step)],
            ["Done at", step.actedAtMs === null ? null : formatDateTime(step.actedAtMs)],
            ["Read back", step.verifiedAtMs === null ? null : formatDateTime(step.verifiedAtMs)],
          ]}
        />
      </div>
    </SidePanel>
  );
}
