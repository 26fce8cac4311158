import { randomUUID } from "node:crypto";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { putRules, replaceTeam } from "#main/store/queries/team.ts";
import type { Writer } from "#main/store/store.ts";
import type { ImportPreview, ImportProblem, TeamAndRules } from "#shared/contract/team.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { readTeamFile, type ReadFile } from "./file/read-file.ts";
import { planImport } from "./policy/import-plan.ts";
import { readTeamAndRules } from "./team-and-rules.ts";
import type { TeamDeps } from "./team-deps.ts";

/** Files the operator looked at and did not take in are forgotten, the oldest first. */
const PREVIEWS_KEPT = 8;

const SAMPLE_SETTING = "team.sample";

interface Waiting {
  readonly fileName: string;
  readonly file: ReadFile;
}

export function createImports(deps: TeamDeps) {
  const waiting = new Map<string, Waiting>();

  async function preview(
    fileName: string,
    text: string,
  ): Promise<{ importId: string; preview: ImportPreview }> {
    const file = readTeamFile(text);
    const current = await readTeamAndRules(deps.store.read);
    const problems = problemsOf(file, current);
    const importId = randomUUID();
    waiting.set(importId, { fileName, file });
    const [oldest] = waiting.keys();
    if (waiting.size > PREVIEWS_KEPT && oldest !== undefined) waiting.delete(oldest);
    const canApply = file.content !== null && problems.length === 0;
    const summary = canApply && file.content ? planImport(current, file.content).summary : null;
    return { importId, preview: { fileName, shape: file.shape, problems, summary } };
  }

  async function apply(importId: string): Promise<Result<TeamAndRules, Failure>> {
    const chosen = waiting.get(importId);
    if (!chosen) return err(failure("input/not-found", { importId }));
    const applied = await deps.store.write((writer) => take(writer, chosen));
    if (applied.ok) waiting.delete(importId);
    return announceIfDone(applied);
  }

  async function applySample(text: string): Promise<Result<TeamAndRules, Failure>> {
    const sample = { fileName: "sandbox", file: readTeamFile(text) };
    const applied = await deps.store.write(async (writer): Promise<Result<TeamAndRules, Failure>> => {
      const current = await readTeamAndRules(writer);
      const isSample = markOf(current) === (await findSetting(writer, SAMPLE_SETTING));
      if (current.team.length > 0 && !isSample) {
        const why = "The profile has a team of its own, which the sandbox must not replace.";
        await deps.activity.record(writer, {
          action: "team.imported",
          target: "sandbox",
          why,
          outcome: "refused",
        });
        return ok(current);
      }
      const taken = await take(writer, sample);
      if (taken.ok) await saveSetting(writer, SAMPLE_SETTING, markOf(taken.value));
      return taken;
    });
    return announceIfDone(applied);
  }

  /** Checks again, because team and rules may have changed since the operator saw the preview. */
  async function take(writer: Writer, { fileName, file }: Waiting): Promise<Result<TeamAndRules, Failure>> {
    const current = await readTeamAndRules(writer);
    const problems = problemsOf(file, current);
    if (file.content === null || problems.length > 0) return err(refusal(fileName, problems));
    const { team, rules, summary } = planImport(current, file.content);
    await replaceTeam(writer, team);
    await putRules(writer, rules, deps.clock.nowMs());
    await deps.activity.record(writer, {
      action: "team.imported",
      target: fileName,
      outcome: "done",
      details: { shape: file.shape, ...summary },
    });
    return ok({ team: [...team], rules });
  }

  function announceIfDone<T>(result: Result<T, Failure>): Result<T, Failure> {
    if (result.ok) for (const topic of ["team", "rules", "activity"] as const) deps.announce(topic);
    return result;
  }

  return { preview, apply, applySample };
}

function problemsOf(file: ReadFile, current: TeamAndRules): ImportProblem[] {
  return file.problems.length > 0 ? file.problems : file.checkAgainst(current.team);
}

/** Tells a team that came from the sandbox from one that somebody made or changed. */
function markOf({ team }: TeamAndRules): string {
  return JSON.stringify(team.map(({ id }) => id).sort());
}

function refusal(fileName: string, problems: readonly ImportProblem[]): Failure {
  const lines = problems.slice(0, 20).map(({ line, path, problem }) => {
    const place = [line === null ? "" : `line ${line}`, path].filter(Boolean).join(", ");
    return place === "" ? problem : `${place}: ${problem}`;
  });
  return failure("input/file-invalid", { fileName, problems: lines, count: problems.length }, lines[0]);
}
