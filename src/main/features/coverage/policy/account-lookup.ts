/**
 * How to find out whether accounts exist and are alive. `first-page` reads one page of the directory, which is all of
 * it in most workspaces, and asks one by one about whoever was not on it.
 */
export type LookupWay = "one-by-one" | "everybody" | "first-page";

/** From so many doubtful accounts on, one page of a directory of unknown size is worth a try. */
const WORTH_A_PAGE = 3;

/**
 * Whichever takes fewer calls: one call per doubtful account, or the pages of the whole directory. `knownUsers` is
 * null until the directory was counted. Equal costs go to one-by-one, whose limit is the wider one.
 */
export function chooseLookup(doubtful: number, knownUsers: number | null, pageSize: number): LookupWay {
  if (knownUsers === null) return doubtful >= WORTH_A_PAGE ? "first-page" : "one-by-one";
  return Math.max(1, Math.ceil(knownUsers / pageSize)) < doubtful ? "everybody" : "one-by-one";
}
