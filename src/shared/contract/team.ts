import { oc } from "@orpc/contract";
import { z } from "zod";
import { PersonId } from "../domain/ids.ts";
import { Rules } from "../domain/rules.ts";
import { TeamMember } from "../domain/team.ts";
import { failing, keychainFailures, slackFailures, storeFailures } from "./failures.ts";

/** One thing wrong with an imported file. `path` is a JSON path such as `team[3].slackUserId`. */
export const ImportProblem = z.object({
  line: z.number().int().positive().nullable(),
  path: z.string(),
  problem: z.string(),
});
export type ImportProblem = z.infer<typeof ImportProblem>;

/** What an import would change, or every problem that stops it. */
export const ImportPreview = z.object({
  fileName: z.string(),
  shape: z.enum(["team-and-rules", "legacy-categories"]).nullable(),
  problems: z.array(ImportProblem),
  summary: z
    .object({
      membersAdded: z.number().int(),
      membersChanged: z.number().int(),
      membersRemoved: z.number().int(),
      categories: z.number().int(),
      deprecatedTerms: z.number().int(),
    })
    .nullable(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const TeamAndRules = z.object({ team: z.array(TeamMember), rules: Rules });
export type TeamAndRules = z.infer<typeof TeamAndRules>;

export const teamContract = {
  get: oc.output(TeamAndRules),
  saveMember: oc
    .input(TeamMember)
    .output(TeamMember)
    .errors(failing("input/name-taken", ...storeFailures)),
  /** Makes an id for a member that does not exist yet. */
  addMember: oc
    .input(TeamMember.omit({ id: true }))
    .output(TeamMember)
    .errors(failing("input/name-taken", ...storeFailures)),
  removeMember: oc
    .input(z.object({ personId: PersonId }))
    .output(z.void())
    .errors(failing("input/not-found", ...storeFailures)),
  saveRules: oc
    .input(Rules)
    .output(Rules)
    .errors(failing(...storeFailures)),
  /** Looks every member up on every connected platform: usernames become ids, renamed ones are brought up to date. */
  resolveIdentities: oc
    .output(z.object({ resolved: z.number().int(), changed: z.number().int(), unresolved: z.number().int() }))
    .errors(failing(...slackFailures, ...keychainFailures, ...storeFailures)),
  /** Lets the operator choose a file and says what importing it would do. Null when nothing was chosen. */
  chooseImport: oc
    .output(z.object({ importId: z.string(), preview: ImportPreview }).nullable())
    .errors(failing("input/file-unreadable")),
  /** Applies a previewed import. */
  applyImport: oc
    .input(z.object({ importId: z.string() }))
    .output(TeamAndRules)
    .errors(failing("input/not-found", "input/file-invalid", ...storeFailures)),
  /** Saves team and rules as one JSON file where the operator chooses. Null when nothing was chosen. */
  exportFile: oc.output(z.object({ path: z.string() }).nullable()).errors(failing("input/file-unwritable")),
};
