import type { Coverage } from "#main/features/coverage/index.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { RunId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

/** The run a person means: by its id, or `latest`. Fails with `input/not-found`. */
export async function findRunNamed(coverage: Coverage, name: string): Promise<Result<Run, Failure>> {
  const notFound = () => err(failure("input/not-found", { runId: name }));
  if (name === "latest") {
    const [latest] = (await coverage.listRuns({ cursor: null, limit: 1 })).items;
    return latest ? ok(latest) : notFound();
  }
  const runId = RunId.safeParse(name);
  if (!runId.success) return notFound();
  const found = await coverage.getRun({ runId: runId.data });
  return found.ok ? ok(found.value.run) : found;
}
