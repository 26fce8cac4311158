import { useMutation } from "@tanstack/react-query";
import { Copy, Ellipsis, KeyRound, RefreshCw, Trash2 } from "lucide-react";
import { useId } from "react";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { copyAndTell } from "#renderer/ui/copy-and-tell.ts";
import { Disclosure } from "#renderer/ui/disclosure.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatDateTime, formatRelative } from "#renderer/ui/format.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { ConnectionBadges } from "./connection-badges.tsx";
import { PLATFORM_NAMES, summarizeScopes } from "./connection-words.ts";
import { ScopesTable } from "./scopes-table.tsx";

interface ConnectionCardProps {
  readonly connection: Connection;
  readonly onSignIn: () => void;
  readonly onRemove: () => void;
}

/** One signed-in source: who, where, whether it works, and what it may do. */
export function ConnectionCard({ connection, onSignIn, onRemove }: ConnectionCardProps) {
  const nowMs = useNow(MINUTE_MS / 2);
  const headingId = useId();
  const check = useMutation(
    orpc.connections.check.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.connections.list.key() }),
    }),
  );
  const runCheck = () => check.mutate({ connectionId: connection.id });
  const scopes = summarizeScopes(connection.scopes);
  const isSignedOut = connection.state === "signed-out";
  return (
    <article
      aria-labelledby={headingId}
      aria-busy={check.isPending}
      className="rounded-lg border border-line bg-raised p-4 shadow-panel"
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-48 flex-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h2 id={headingId} className="text-base font-semibold break-words">
              {connection.label}
            </h2>
            <ConnectionBadges connection={connection} />
          </div>
          <p className="mt-0.5 flex flex-wrap gap-x-2 text-sm text-fg-muted">
            <span>
              {PLATFORM_NAMES[connection.platform]}, signed in as{" "}
              <span className="text-fg">{connection.userName}</span>
            </span>
            <span aria-hidden="true">·</span>
            <CheckedAt checkedAtMs={connection.checkedAtMs} nowMs={nowMs} />
          </p>
        </div>
        <div className="flex items-center gap-1.5">
          <Button
            icon={<RefreshCw className={check.isPending ? "animate-spin" : ""} />}
            isBusy={check.isPending}
            onClick={runCheck}
          >
            {check.isPending ? "Checking…" : "Check now"}
          </Button>
          <Menu
            trigger={<IconButton label={`More for ${connection.label}`} icon={<Ellipsis />} />}
            groups={[
              [
                { label: "Sign in again…", icon: <KeyRound />, onSelect: onSignIn },
                {
                  label: "Copy connection id",
                  icon: <Copy />,
                  onSelect: () => copyId(connection.id),
                },
              ],
              [{ label: "Remove…", icon: <Trash2 />, onSelect: onRemove, isDangerous: true }],
            ]}
          />
        </div>
      </div>

      <div className="mt-3 space-y-3 empty:hidden">
        {check.error && <ErrorNotice error={toFailure(check.error)} />}
        {connection.failure && (
          <ErrorNotice
            error={connection.failure}
            action={
              isSignedOut ? (
                <Button icon={<KeyRound />} onClick={onSignIn}>
                  Sign in again
                </Button>
              ) : undefined
            }
          />
        )}
      </div>

      <div className="mt-3 space-y-1 border-t border-line pt-2">
        {scopes.total > 0 && (
          <Disclosure
            label="Permissions"
            aside={
              <>
                <span className="tabular text-fg-muted">
                  {scopes.granted} of {scopes.total} granted
                </span>
                {scopes.neededMissing > 0 && (
                  <Badge tone="danger">{scopes.neededMissing} needed missing</Badge>
                )}
                {scopes.neededMissing === 0 && scopes.usefulMissing > 0 && (
                  <Badge>{scopes.usefulMissing} useful missing</Badge>
                )}
              </>
            }
            isInitiallyOpen={scopes.neededMissing > 0}
          >
            <ScopesTable scopes={connection.scopes} />
          </Disclosure>
        )}
        <Disclosure label="Details">
          <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 pl-4 text-sm">
            <Identifier name="Workspace" value={connection.workspaceId} />
            <Identifier name="Account" value={connection.userId} />
            <Identifier name="Address" value={connection.apiUrl} />
            <dt className="text-fg-muted">Added</dt>
            <dd>{formatDateTime(connection.addedAtMs)}</dd>
          </dl>
        </Disclosure>
      </div>
    </article>
  );
}

function CheckedAt({ checkedAtMs, nowMs }: { checkedAtMs: number | null; nowMs: number }) {
  if (checkedAtMs === null) return <span>not checked yet</span>;
  return (
    <time dateTime={new Date(checkedAtMs).toISOString()} title={formatDateTime(checkedAtMs)}>
      checked {formatRelative(checkedAtMs, nowMs)}
    </time>
  );
}

function Identifier({ name, value }: { name: string; value: string | null }) {
  if (value === null) return null;
  return (
    <>
      <dt className="text-fg-muted">{name}</dt>
      <dd className="font-mono text-xs leading-5 break-all">{value}</dd>
    </>
  );
}

function copyId(id: string): void {
  copyAndTell(id, { done: "The connection id was copied." });
}
