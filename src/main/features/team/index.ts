/** Who is on the team, which accounts are theirs, and the rules that say who must be where. */
import type { ImportPreview, TeamAndRules } from "#shared/contract/team.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import type { Result } from "#shared/lib/result.ts";
import { formatTeamFile } from "./file/write-file.ts";
import { createImports } from "./imports.ts";
import { addMember, removeMember, saveMember, saveRules } from "./members.ts";
import { type ResolveCounts, resolveIdentities } from "./resolve-identities.ts";
import { readTeamAndRules } from "./team-and-rules.ts";
import type { TeamDeps } from "./team-deps.ts";

export type { TeamDeps } from "./team-deps.ts";

export interface Team {
  /** The team in the operator's order; the default rules until some were saved. */
  get(): Promise<TeamAndRules>;
  /**
   * Replaces the member of this id, or adds them at the end. What platforms said about an account is kept only where
   * the account stays the same. `input/name-taken` when an account belongs to somebody else (facts `account`,
   * `ownerId`, `ownerName`); two people may share a name.
   */
  saveMember(input: TeamMember): Promise<Result<TeamMember, Failure>>;
  /** As `saveMember`, with an id made from the name. */
  addMember(input: Omit<TeamMember, "id">): Promise<Result<TeamMember, Failure>>;
  /** Also removes the requirements that name this person. `input/not-found`. */
  removeMember(input: { personId: PersonId }): Promise<Result<void, Failure>>;
  /** Answers what was saved: without requirements that name somebody who is not on the team. */
  saveRules(input: Rules): Promise<Rules>;
  /**
   * Asks every connected Slack workspace who the team's accounts are: names become ids, changed names are brought up
   * to date, and each account's state says what was found. Where a workspace cannot be read, the others are still
   * brought up to date, nobody is called missing because of it, and the answer is its failure. `changed` counts members,
   * the others accounts; somebody without any account counts as one unresolved.
   */
  resolveIdentities(signal?: AbortSignal): Promise<Result<ResolveCounts, Failure>>;
  /**
   * What taking in this file would do, or everything that is wrong with it (at most 200 problems). Changes nothing.
   * The last few previews can be applied.
   */
  previewImport(fileName: string, text: string): Promise<{ importId: string; preview: ImportPreview }>;
  /**
   * Takes a previewed file in, in one transaction. `input/not-found` for a preview that is gone, `input/file-invalid`
   * (facts `fileName`, `problems`, `count`) for one with problems.
   */
  applyImport(input: { importId: string }): Promise<Result<TeamAndRules, Failure>>;
  /** Preview and import in one: taken in exactly when the answer has no problems. */
  importText(fileName: string, text: string): Promise<ImportPreview>;
  /**
   * Takes in the sandbox's team where there is none, or only an earlier sandbox's: an operator's own team is left
   * alone, which is no failure. `input/file-invalid`.
   */
  importSample(text: string): Promise<Result<TeamAndRules, Failure>>;
  /** Team and rules as a file: importing it again changes nothing. */
  exportText(): Promise<string>;
}

export function createTeam(deps: TeamDeps): Team {
  const imports = createImports(deps);
  const { read } = deps.store;
  return {
    get: () => readTeamAndRules(read),
    saveMember: (input) => saveMember(deps, input),
    addMember: (input) => addMember(deps, input),
    removeMember: (input) => removeMember(deps, input),
    saveRules: (input) => saveRules(deps, input),
    resolveIdentities: (signal = new AbortController().signal) => resolveIdentities(deps, signal),
    previewImport: imports.preview,
    applyImport: ({ importId }) => imports.apply(importId),
    async importText(fileName, text) {
      const { importId, preview } = await imports.preview(fileName, text);
      if (preview.problems.length > 0) return preview;
      const applied = await imports.apply(importId);
      if (applied.ok) return preview;
      // Somebody changed the team in between: what the file asks of it no longer holds.
      const again = await imports.preview(fileName, text);
      return again.preview;
    },
    importSample: imports.applySample,
    exportText: async () => formatTeamFile(await readTeamAndRules(read)),
  };
}
