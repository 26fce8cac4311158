import { useMutation, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { NoticedItem } from "#shared/domain/noticed.ts";
import { orpc } from "#renderer/api/client.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { openStartAudit } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { formatCount, formatDateTime, formatRelative } from "#renderer/ui/format.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { showFailed } from "./use-schedule-actions.ts";

/** How many are listed; the rest is counted, since an audit settles them all. */
const LISTED = 6;

/** What was seen since the last audit: nothing when nothing was. */
export function NoticedCard({ nowMs }: { nowMs: number }) {
  const { data: items = [] } = useQuery(orpc.insights.noticed.queryOptions());
  const dismiss = useMutation(orpc.insights.dismissNoticed.mutationOptions({ onError: showFailed }));
  if (items.length === 0) return null;
  return (
    <Section title="Noticed since the last audit" aside={formatCount(items.length)} isFlush>
      <ul className="divide-y divide-line">
        {items.slice(0, LISTED).map((item) => (
          <li key={item.id} className="flex items-start gap-2 py-2 pr-2 pl-4">
            <div className="min-w-0 flex-1">
              <p className="text-sm break-words">{describe(item)}</p>
              <p className="text-xs text-fg-muted" title={formatDateTime(item.atMs)}>
                {PLATFORM_WORDS[item.platform]} · {formatRelative(item.atMs, nowMs)}
              </p>
            </div>
            <IconButton
              label={`Dismiss: ${describe(item)}`}
              icon={<X />}
              onClick={() => dismiss.mutate({ id: item.id })}
            />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-2">
        <span className="text-xs text-fg-muted">
          {items.length > LISTED ? `And ${formatCount(items.length - LISTED)} more.` : ""}
        </span>
        <Button onClick={openStartAudit}>Audit now</Button>
      </div>
    </Section>
  );
}

/** Characters of a group's name that are shown; a title can hold thousands. */
const NAME_SHOWN = 80;

function shorten(name: string): string {
  const characters = [...name];
  return characters.length > NAME_SHOWN ? `${characters.slice(0, NAME_SHOWN).join("")}…` : name;
}

function describe({ kind, personName, ...names }: NoticedItem): string {
  const groupName = shorten(names.groupName);
  const nameBefore = shorten(names.nameBefore ?? "");
  switch (kind) {
    case "group-new":
      return `New group “${groupName}”`;
    case "group-renamed":
      return `“${nameBefore}” is now “${groupName}”`;
    case "member-joined":
      return `${personName ?? "Somebody"} joined “${groupName}”`;
    case "member-left":
      return `${personName ?? "Somebody"} left “${groupName}”`;
  }
}
