import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Operation, OperationId, OperationState } from "#shared/domain/operation.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { getRoute, navigate } from "#renderer/ui/router.ts";
import { showToast } from "#renderer/ui/show-toast.ts";
import { countWords } from "./counts-bar.tsx";
import { newsOf, type OperationNews, statesOf } from "./operation-news.ts";

const NEWEST = { cursor: null, limit: 20 };

/** Says in the corner when an operation ended, waits for the operator or is planned, wherever they are. Draws nothing. */
export function OperationEnd() {
  const { data } = useQuery(orpc.membership.list.queryOptions({ input: NEWEST }));
  const known = useRef<ReadonlyMap<OperationId, OperationState> | null>(null);
  useEffect(() => {
    if (!data) return;
    for (const operation of data.items) {
      const news = newsOf(known.current?.get(operation.id), operation.state);
      const isInSight = getRoute().path === paths.operation(operation.id);
      if (news !== null && !isInSight) announce(operation, news);
    }
    known.current = statesOf(data.items);
  }, [data]);
  return null;
}

function announce(operation: Operation, news: Exclude<OperationNews, null>): void {
  const { id, title, state, counts, failure } = operation;
  const open = (label: string) => ({ label, run: () => navigate(paths.operation(id)) });
  const about = `operation ${id}`;
  switch (news) {
    case "planned":
      showToast({
        about,
        tone: "ok",
        message: `Planned: ${title}`,
        hint: countWords(counts, state),
        action: open("Look at the plan"),
      });
      break;
    case "paused":
      showToast({
        about,
        tone: "danger",
        message: `Needs you: ${title}`,
        hint: failure?.message,
        action: open("See why"),
      });
      break;
    case "ended":
      showToast({
        about,
        tone: state === "done" ? "ok" : state === "failed" ? "danger" : "neutral",
        message: `${state === "failed" ? "Failed" : state === "done" ? "Done" : "Partly done"}: ${title}`,
        hint: failure?.message ?? countWords(counts, state),
        action: open("Open the report"),
      });
      break;
  }
}
