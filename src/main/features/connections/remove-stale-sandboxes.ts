import { listConnections, removeConnection } from "#main/store/queries/connections.ts";
import type { ConnectionsDeps } from "./connections-deps.ts";

/** Removes the sandbox connections of earlier processes: their sandboxes ended with them. Their runs stay. */
export async function removeStaleSandboxes({
  store,
  activity,
  announce,
}: Pick<ConnectionsDeps, "store" | "activity" | "announce">): Promise<void> {
  const stale = (await listConnections(store.read)).filter(({ isSandbox }) => isSandbox);
  if (stale.length === 0) return;
  await store.write(async (writer) => {
    for (const { id, label } of stale) {
      await removeConnection(writer, id);
      await activity.record(writer, {
        action: "connection.removed",
        target: id,
        why: "Its sandbox ended with the Muster that had started it.",
        outcome: "done",
        details: { label, revoked: false },
        actor: "muster",
      });
    }
    store.afterCommit(() => announce("connections"));
  });
}
