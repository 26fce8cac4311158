import type { ReportFormat } from "#shared/contract/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { ok } from "#shared/lib/result.ts";
import { answerWith } from "./answer.ts";
import type { Answers } from "./answers.ts";
import type { Doors } from "./doors.ts";

export function answerCoverage(answers: Answers["coverage"], { coverage, desktop }: Doors) {
  async function exportReport(runId: RunId | null, format: ReportFormat) {
    const dated = await coverage.findReportDate({ runId });
    if (!dated.ok) return dated;
    const day = new Date(dated.value).toISOString().slice(0, 10);
    const path = await desktop.chooseSavePath(`muster-coverage-${day}.${format}`, format);
    return path === null ? ok(null) : coverage.writeReport({ runId, format, path });
  }

  return {
    overview: answers.overview.handler(() => coverage.overview()),
    plan: answers.plan.handler(({ input }) => coverage.plan(input)),
    start: answers.start.handler(({ input }) => answerWith(coverage.start(input, "console"))),
    cancel: answers.cancel.handler(({ input }) => answerWith(coverage.cancel(input))),
    resume: answers.resume.handler(({ input }) => answerWith(coverage.resume(input))),
    progress: answers.progress.handler(async function* ({ input, signal }) {
      yield* await answerWith(coverage.progress(input, signal ?? new AbortController().signal));
    }),
    listRuns: answers.listRuns.handler(({ input }) => coverage.listRuns(input)),
    getRun: answers.getRun.handler(({ input }) => answerWith(coverage.getRun(input))),
    compareRuns: answers.compareRuns.handler(({ input }) => answerWith(coverage.compareRuns(input))),
    removeRun: answers.removeRun.handler(({ input }) => answerWith(coverage.removeRun(input))),
    matrix: answers.matrix.handler(({ input }) => coverage.matrix(input)),
    getPerson: answers.getPerson.handler(({ input }) => answerWith(coverage.getPerson(input))),
    getGroup: answers.getGroup.handler(({ input }) => answerWith(coverage.getGroup(input))),
    cellHistory: answers.cellHistory.handler(({ input }) => coverage.cellHistory(input)),
    listExclusions: answers.listExclusions.handler(() => coverage.listExclusions()),
    addExclusion: answers.addExclusion.handler(({ input }) => coverage.addExclusion(input)),
    removeExclusion: answers.removeExclusion.handler(({ input }) =>
      answerWith(coverage.removeExclusion(input)),
    ),
    listViews: answers.listViews.handler(() => coverage.listViews()),
    saveView: answers.saveView.handler(({ input }) => answerWith(coverage.saveView(input))),
    removeView: answers.removeView.handler(({ input }) => answerWith(coverage.removeView(input))),
    exportReport: answers.exportReport.handler(({ input }) =>
      answerWith(exportReport(input.runId, input.format)),
    ),
  };
}
