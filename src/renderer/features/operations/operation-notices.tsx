import { ApprovalPanel } from "./approval-panel.tsx";
import { nameConnection } from "#shared/domain/connection-name.ts";
import { hasEnded } from "#shared/domain/operation-phase.ts";
import type { OperationDetail } from "#shared/domain/operation.ts";
import { paths } from "#renderer/api/paths.ts";
import { Disclosure } from "#renderer/ui/disclosure.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** What is to be known before the steps are read: what it takes back, who could not be asked, what else is under way. */
export function OperationNotices({ operation }: { operation: OperationDetail }) {
  const { failure, problems, overlaps, undoes, undoneBy, state, logs } = operation;
  const hasNews =
    (failure !== null && hasEnded(state)) ||
    problems.length + overlaps.length > 0 ||
    undoes !== null ||
    undoneBy !== null ||
    state === "awaiting-approval" ||
    logs?.state === "failed";
  if (!hasNews) return null;
  return (
    <div className="max-h-[35dvh] shrink-0 space-y-2 overflow-y-auto border-b border-line px-5 py-2.5">
      {failure && hasEnded(state) ? (
        <Notice tone="danger" title={failure.message}>
          {failure.todo} <span className="font-mono text-xs text-fg-muted">{failure.code}</span>
        </Notice>
      ) : null}
      {logs?.failure ? (
        <Notice tone="warn" title="The log of this run could not be written yet.">
          {logs.failure.message} Nothing is lost: it is tried again by itself, and Export writes it anywhere
          else.
        </Notice>
      ) : null}
      {state === "awaiting-approval" ? (
        <Notice tone="warn" title="It waits for a second person's approval.">
          It is larger than what one person may run alone. Send the request to a colleague who is listed as an
          approver; it runs as soon as the signed approval is taken in.
          <ApprovalPanel operationId={operation.id} />
        </Notice>
      ) : null}
      {undoes ? (
        <Notice tone="info" title="This takes an earlier operation back.">
          It touches only what that one changed.{" "}
          <TextLink to={paths.operation(undoes)}>Show the earlier operation</TextLink>
        </Notice>
      ) : null}
      {undoneBy ? (
        <Notice tone="info" title="A later operation takes this one back.">
          <TextLink to={paths.operation(undoneBy)}>Show the undo</TextLink>
        </Notice>
      ) : null}
      {problems.length > 0 ? (
        <Notice
          tone="warn"
          title={`${problems.map(nameConnection).join(", ")} could not be asked how things are now.`}
        >
          {problems.length === 1 ? "Its" : "Their"} steps rest on the last audit, or are missing.
          <Disclosure label="Why, and what to do">
            <ul className="space-y-1">
              {problems.map(({ failure: why, ...connection }) => (
                <li key={connection.connectionId}>
                  <span className="font-medium">{nameConnection(connection)}:</span> {why.message} {why.todo}
                </li>
              ))}
            </ul>
          </Disclosure>
        </Notice>
      ) : null}
      {overlaps.length > 0 && !hasEnded(state) ? (
        <Notice tone="warn" title="Other operations touch the same groups.">
          Each looks at a group before it changes it.{" "}
          {overlaps.map(({ id, title, groups }, at) => (
            <span key={id}>
              {at > 0 ? ", " : ""}
              <TextLink to={paths.operation(id)}>{title}</TextLink> ({formatNoun(groups, "group")})
            </span>
          ))}
        </Notice>
      ) : null}
    </div>
  );
}
