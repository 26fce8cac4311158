/** How to find out whether accounts exist and are alive. */
export type LookupWay = "one-by-one" | "everybody";

/**
 * Whichever takes fewer calls: one call per doubtful account, or the pages of the whole directory. `knownUsers` is
 * null when nothing is known of the directory's size; then it is never read. Equal costs go to one-by-one, whose
 * limit is the wider one.
 */
export function chooseLookup(doubtful: number, knownUsers: number | null, pageSize: number): LookupWay {
  if (knownUsers === null) return "one-by-one";
  return Math.max(1, Math.ceil(knownUsers / pageSize)) < doubtful ? "everybody" : "one-by-one";
}
