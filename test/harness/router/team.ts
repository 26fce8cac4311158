import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import { PersonId } from "#shared/domain/ids.ts";
import { type Fake, refusal } from "../fake-router.ts";
import { sampleRules, teamOf } from "../fixture/team.ts";

type Os = ReturnType<typeof implement<Contract>>["team"];

export function fakeTeam(os: Os, fake: Fake) {
  let team = fake.scenario === "first-run" ? [] : teamOf(fake.scenario === "huge" ? 40 : 13);
  let rules = sampleRules();
  return {
    get: os.get.handler(async () => {
      await fake.weather();
      return { team, rules };
    }),
    saveMember: os.saveMember.handler(({ input }) => {
      if (team.some((member) => member.name === input.name && member.id !== input.id)) {
        throw refusal("input/name-taken");
      }
      team = [...team.filter((member) => member.id !== input.id), input];
      fake.announce("team");
      return input;
    }),
    addMember: os.addMember.handler(({ input }) => {
      const added = { ...input, id: PersonId.parse(crypto.randomUUID()) };
      team = [...team, added];
      fake.announce("team");
      return added;
    }),
    removeMember: os.removeMember.handler(({ input }) => {
      team = team.filter((member) => member.id !== input.personId);
      fake.announce("team");
    }),
    saveRules: os.saveRules.handler(({ input }) => {
      rules = input;
      fake.announce("rules");
      return rules;
    }),
    resolveIdentities: os.resolveIdentities.handler(async () => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      return { resolved: 11, changed: 1, unresolved: 1 };
    }),
    chooseImport: os.chooseImport.handler(() => ({
      importId: "import-1",
      preview:
        fake.scenario === "failed"
          ? {
              fileName: "team.json",
              shape: "team-and-rules" as const,
              problems: [
                { line: 14, path: "team[2].status", problem: "must be active, optional or inactive" },
                { line: 31, path: "rules.categories[0].name", problem: "must not be empty" },
              ],
              summary: null,
            }
          : {
              fileName: "team.json",
              shape: "team-and-rules" as const,
              problems: [],
              summary: {
                membersAdded: 2,
                membersChanged: 1,
                membersRemoved: 0,
                categories: 4,
                deprecatedTerms: 2,
              },
            },
    })),
    applyImport: os.applyImport.handler(() => ({ team, rules })),
    exportFile: os.exportFile.handler(() => ({ path: "/home/ana/Documents/muster-team.json" })),
  };
}
