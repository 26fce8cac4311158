import type { Workbook } from "#main/documents/index.ts";
import type { FindStep } from "#shared/contract/membership.ts";
import { nameConnection } from "#shared/domain/connection-name.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { LocalTime } from "../policy/local-time.ts";
import { platformWords, rightWords } from "./words.ts";

/** What a look at every group came to. */
export interface FoundReport {
  /** Null when it was about every group of the accounts. */
  readonly person: { readonly id: PersonId; readonly name: string } | null;
  readonly askedAtMs: EpochMs;
  readonly groups: readonly FoundGroup[];
  readonly problems: FindStep["problems"];
}

function yesNoWords(may: boolean | null): string {
  return may === null ? "Not known" : may ? "Yes" : "No";
}

const ROWS_AT_ONCE = 500;

/** Every group with where the person is and what our account may do there, and what could not be asked. */
export function describeFoundWorkbook(found: FoundReport, time: LocalTime): Workbook {
  const { person, groups, problems, askedAtMs } = found;
  const who = person?.name ?? "Every group of the accounts";
  const rows = groups.map((group) => ({
    cells: [
      platformWords[group.platform],
      group.groupName,
      group.presence === "present" ? "Yes" : "Not known",
      rightWords[group.ownRight],
      yesNoWords(group.may.rename),
      yesNoWords(group.may.add),
      yesNoWords(group.may.remove),
      group.connectionLabel,
      group.isArchived ? "Yes" : "No",
      noteOn(group),
      group.groupKey,
    ],
  }));
  return {
    title: `Groups of ${who}`,
    subject: "Where somebody is, and our right there",
    sheets: [
      {
        name: "Groups",
        columns: [
          { header: "Platform", width: 10 },
          { header: "Group Name", width: 36 },
          { header: person === null ? "We Are In It" : "Is In It", width: 14 },
          { header: "Our Right", width: 20 },
          { header: "We May Rename", width: 14 },
          { header: "We May Add", width: 12 },
          { header: "We May Remove", width: 14 },
          { header: "Account", width: 26 },
          { header: "Archived", width: 10 },
          { header: "Note", width: 44 },
          { header: "Group Key", width: 28 },
        ],
        highlights: [{ columns: ["C"], formula: '$C2="Not known"', tone: "warning" }],
        hasFilter: true,
        rows: inChunks(rows),
      },
      {
        name: "About",
        columns: [
          { header: "Groups of", width: 26 },
          { header: who, width: 80 },
        ],
        highlights: [],
        hasFilter: false,
        rows: [
          [
            { cells: ["Asked", time.format(askedAtMs)] },
            { cells: ["Times are of", `${time.zone} (${time.offset(askedAtMs)})`] },
            { cells: ["Groups", groups.length] },
            ...problems.map(({ failure, ...connection }) => ({
              cells: [`Not asked: ${nameConnection(connection)}`, `${failure.message} ${failure.todo}`],
            })),
          ],
        ],
      },
    ],
  };
}

/** Its form is `resources/schema/found-groups.v1.schema.json`; one group a line. */
export function* formatFoundJson(found: FoundReport, writtenAtMs: EpochMs): Generator<string> {
  const { person, askedAtMs, groups, problems } = found;
  yield `{\n"format": "muster/found-groups",\n"version": 1,\n"generatedAtMs": ${writtenAtMs},\n"askedAtMs": ${askedAtMs}`;
  yield `,\n"person": ${JSON.stringify(person)},\n"problems": ${JSON.stringify(problems)},\n"groups": [`;
  let between = "\n";
  for (const some of inChunks(groups)) {
    yield `${between}${some.map((group) => JSON.stringify(group)).join(",\n")}`;
    between = ",\n";
  }
  yield "]\n}\n";
}

function* inChunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += ROWS_AT_ONCE) yield items.slice(at, at + ROWS_AT_ONCE);
}

/** What a right there does not say: what nobody can do. */
function noteOn({ isArchived, isGeneral }: FoundReport["groups"][number]): string {
  if (isArchived) return "Nothing can be changed in an archived channel";
  return isGeneral ? "Nobody can be taken out of the general channel" : "";
}
