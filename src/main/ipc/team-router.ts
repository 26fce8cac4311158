import { ok } from "#shared/lib/result.ts";
import { answerWith } from "./answer.ts";
import type { Answers } from "./answers.ts";
import type { Doors } from "./doors.ts";

export function answerTeam(answers: Answers["team"], { team, desktop }: Doors) {
  async function chooseImport() {
    const chosen = await desktop.chooseImport();
    if (!chosen.ok) return chosen;
    if (chosen.value === null) return ok(null);
    return ok(await team.previewImport(chosen.value.fileName, chosen.value.text));
  }

  async function exportFile() {
    const path = await desktop.chooseSavePath("muster-team-and-rules.json", "json");
    if (path === null) return ok(null);
    const written = await desktop.writeTextFile(path, await team.exportText());
    return written.ok ? ok({ path }) : written;
  }

  return {
    get: answers.get.handler(() => team.get()),
    saveMember: answers.saveMember.handler(({ input }) => answerWith(team.saveMember(input))),
    addMember: answers.addMember.handler(({ input }) => answerWith(team.addMember(input))),
    removeMember: answers.removeMember.handler(({ input }) => answerWith(team.removeMember(input))),
    saveRules: answers.saveRules.handler(({ input }) => team.saveRules(input)),
    resolveIdentities: answers.resolveIdentities.handler(() => answerWith(team.resolveIdentities())),
    chooseImport: answers.chooseImport.handler(() => answerWith(chooseImport())),
    applyImport: answers.applyImport.handler(({ input }) => answerWith(team.applyImport(input))),
    exportFile: answers.exportFile.handler(() => answerWith(exportFile())),
  };
}
