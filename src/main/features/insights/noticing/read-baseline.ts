import { listMigrations } from "#main/store/queries/coverage-evidence.ts";
import { findLastListing } from "#main/store/queries/coverage-runs.ts";
import type { ConnectionId, RunId } from "#shared/domain/ids.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import type { Baseline } from "../policy/news.ts";

export interface KnownBaseline extends Baseline {
  readonly runId: RunId;
  /** When that audit began. */
  readonly sinceMs: number;
}

/** Remembers what the last audit of each connection knew; read anew only after another audit, or when it is told to forget. */
export function createBaselines({ store, coverage }: Pick<InsightsDeps, "store" | "coverage">) {
  const known = new Map<ConnectionId, KnownBaseline>();

  return { read, forget: () => known.clear() };

  /** Null before the first audit that read the connection's whole listing. */
  async function read(connectionId: ConnectionId): Promise<KnownBaseline | null> {
    const last = await findLastListing(store.read, connectionId);
    if (last === null) return null;
    const remembered = known.get(connectionId);
    if (remembered?.runId === last.runId) return remembered;
    const matrix = await coverage.matrix({ runId: last.runId });
    if (matrix === null) return null;
    const baseline = {
      runId: last.runId,
      sinceMs: last.startedAtMs,
      groups: new Map(matrix.rows.map(({ group }) => [group.key, group.name])),
      migratedFrom: new Set(
        matrix.rows.flatMap(({ group }) => (group.migratedFrom === null ? [] : [group.migratedFrom])),
      ),
      migrations: await listMigrations(store.read),
    };
    known.set(connectionId, baseline);
    return baseline;
  }
}
