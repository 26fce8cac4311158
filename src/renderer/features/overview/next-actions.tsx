import { useQuery } from "@tanstack/react-query";
import { ArrowRight, CircleCheck } from "lucide-react";
import type { Overview } from "#shared/contract/coverage.ts";
import { orpc } from "#renderer/api/client.ts";
import { hrefOf } from "#renderer/ui/router.ts";
import { Section } from "#renderer/ui/section.tsx";
import { nextActionsOf } from "./next-actions.ts";

/** What to do now, most urgent first. */
export function NextActions({ overview, nowMs }: { overview: Overview; nowMs: number }) {
  const { data: connections = [] } = useQuery(orpc.connections.list.queryOptions());
  const actions = nextActionsOf(overview, connections, nowMs);
  return (
    <Section title="Next" isFlush>
      {actions.length === 0 ? (
        <p className="flex items-center gap-2 p-4 text-sm text-fg-muted">
          <CircleCheck aria-hidden="true" className="size-4 text-ok-fg" />
          Nothing is open.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {actions.map((action) => (
            <li key={action.title}>
              <a
                href={hrefOf(action.to)}
                className="group flex items-center gap-3 px-4 py-2.5 text-fg no-underline -outline-offset-2 hover:bg-hover"
              >
                <span className="min-w-0 flex-1">
                  <span className="block text-sm font-medium">{action.title}</span>
                  <span className="block text-xs text-fg-muted">{action.detail}</span>
                </span>
                <ArrowRight
                  aria-hidden="true"
                  className="size-4 shrink-0 text-fg-faint group-hover:text-fg"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
