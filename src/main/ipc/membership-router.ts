import type { FoundFormat, OperationReportFormat } from "#shared/contract/membership.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { OffboardingId } from "#shared/domain/offboarding.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import { ok } from "#shared/lib/result.ts";
import { answerWith } from "./answer.ts";
import type { Answers } from "./answers.ts";
import type { Doors } from "./doors.ts";

export function answerMembership(answers: Answers["membership"], { membership, desktop }: Doors) {
  async function exportReport(operationId: OperationId, format: OperationReportFormat) {
    const name = await membership.nameReport({ operationId });
    if (!name.ok) return name;
    const path = await desktop.chooseSavePath(`${name.value}.${format}`, format);
    return path === null ? ok(null) : membership.writeReport({ operationId, format, path });
  }

  async function exportFound(personId: PersonId | null, format: FoundFormat) {
    const name = membership.nameFound({ personId });
    if (!name.ok) return name;
    const path = await desktop.chooseSavePath(`${name.value}.${format}`, format);
    return path === null ? ok(null) : membership.writeFound({ personId, format, path });
  }

  async function exportEvidence(offboardingId: OffboardingId) {
    const folder = await desktop.chooseFolder();
    if (folder === null) return ok(null);
    const written = await membership.writeEvidence({ offboardingId, folder });
    if (written.ok) desktop.noteSaved(written.value.folder);
    return written;
  }

  return {
    list: answers.list.handler(({ input }) => membership.list(input)),
    get: answers.get.handler(({ input }) => answerWith(membership.get(input))),
    listSteps: answers.listSteps.handler(({ input }) => answerWith(membership.listSteps(input))),
    choose: answers.choose.handler(({ input }) => answerWith(membership.choose(input))),
    confirm: answers.confirm.handler(({ input }) => answerWith(membership.confirm(input))),
    cancel: answers.cancel.handler(({ input }) => answerWith(membership.cancel(input))),
    resume: answers.resume.handler(({ input }) => answerWith(membership.resume(input))),
    discard: answers.discard.handler(({ input }) => answerWith(membership.discard(input))),
    progress: answers.progress.handler(async function* ({ input, signal }) {
      yield* await answerWith(membership.progress(input, signal ?? new AbortController().signal));
    }),
    plan: answers.plan.handler(({ input }) => answerWith(membership.plan(input))),
    previewRename: answers.previewRename.handler(({ input, signal }) =>
      answerWith(membership.previewRename(input, signal ?? new AbortController().signal)),
    ),
    resolvePeople: answers.resolvePeople.handler(({ input }) => membership.resolvePeople(input)),
    resolveGroups: answers.resolveGroups.handler(({ input }) => membership.resolveGroups(input)),
    find: answers.find.handler(async function* ({ input, signal }) {
      yield* await answerWith(membership.find(input, signal ?? new AbortController().signal));
    }),
    exportFound: answers.exportFound.handler(({ input }) =>
      answerWith(exportFound(input.personId, input.format)),
    ),
    exportReport: answers.exportReport.handler(({ input }) =>
      answerWith(exportReport(input.operationId, input.format)),
    ),
    helpWithStep: answers.helpWithStep.handler(({ input }) => answerWith(membership.helpWithStep(input))),
    listOffboardings: answers.listOffboardings.handler(() => membership.listOffboardings()),
    startOffboarding: answers.startOffboarding.handler(({ input }) =>
      answerWith(membership.startOffboarding(input)),
    ),
    getOffboarding: answers.getOffboarding.handler(({ input }) =>
      answerWith(membership.getOffboarding(input)),
    ),
    checkOffboarding: answers.checkOffboarding.handler(async function* ({ input, signal }) {
      yield* await answerWith(membership.checkOffboarding(input, signal ?? new AbortController().signal));
    }),
    planOffboarding: answers.planOffboarding.handler(({ input }) =>
      answerWith(membership.planOffboarding(input)),
    ),
    setOffboardingTask: answers.setOffboardingTask.handler(({ input }) =>
      answerWith(membership.setOffboardingTask(input)),
    ),
    closeOffboarding: answers.closeOffboarding.handler(({ input }) =>
      answerWith(membership.closeOffboarding(input)),
    ),
    exportEvidence: answers.exportEvidence.handler(({ input }) =>
      answerWith(exportEvidence(input.offboardingId)),
    ),
    listHelpRequests: answers.listHelpRequests.handler(() => membership.listHelpRequests()),
    prepareHelpRequests: answers.prepareHelpRequests.handler(async function* ({ input, signal }) {
      yield* await answerWith(membership.prepareHelpRequests(input, signal ?? new AbortController().signal));
    }),
    checkHelpRequests: answers.checkHelpRequests.handler(async function* ({ signal }) {
      yield* membership.checkHelpRequests(signal ?? new AbortController().signal);
    }),
    setHelpRequest: answers.setHelpRequest.handler(({ input }) =>
      answerWith(membership.setHelpRequest(input)),
    ),
    sendHelpRequests: answers.sendHelpRequests.handler(({ input }) =>
      answerWith(membership.sendHelpRequests(input)),
    ),
    getHelpTemplates: answers.getHelpTemplates.handler(() => membership.getHelpTemplates()),
    saveHelpTemplates: answers.saveHelpTemplates.handler(({ input }) => membership.saveHelpTemplates(input)),
    getSettings: answers.getSettings.handler(() => membership.getSettings()),
    saveSettings: answers.saveSettings.handler(({ input }) => answerWith(membership.saveSettings(input))),
    approvalRequest: answers.approvalRequest.handler(({ input }) =>
      answerWith(membership.approvalRequest(input)),
    ),
    readApprovalRequest: answers.readApprovalRequest.handler(({ input }) =>
      answerWith(membership.readApprovalRequest(input)),
    ),
    signApproval: answers.signApproval.handler(({ input }) => answerWith(membership.signApproval(input))),
    approve: answers.approve.handler(({ input }) => answerWith(membership.approve(input))),
    listRecurrences: answers.listRecurrences.handler(() => membership.listRecurrences()),
    saveRecurrence: answers.saveRecurrence.handler(({ input }) =>
      answerWith(membership.saveRecurrence(input)),
    ),
    requestOf: answers.requestOf.handler(({ input }) => answerWith(membership.requestOf(input))),
    removeRecurrence: answers.removeRecurrence.handler(({ input }) =>
      answerWith(membership.removeRecurrence(input)),
    ),
    runRecurrence: answers.runRecurrence.handler(({ input }) => answerWith(membership.runRecurrence(input))),
    approverKey: answers.approverKey.handler(() => answerWith(membership.approverKey())),
  };
}
