import { findLastActivity, listActivityChain } from "#main/store/queries/activity.ts";
import type { Reader } from "#main/store/store.ts";

/** Lines read at once. */
const LINES_AT_ONCE = 200;

/** Where in the log an extract begins and ends. */
export interface ExtractEnds {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** The hash of the log's last line when it was extracted. */
  readonly lastHash: string;
}

export async function findEnds(read: Reader, firstSeq: number): Promise<ExtractEnds> {
  const last = await findLastActivity(read);
  return { firstSeq, lastSeq: last?.seq ?? 0, lastHash: last?.hash ?? "" };
}

/**
 * The log from its first line about the offboarding to its last, as JSON, one line each, without a gap: what is about any
 * of `targets` in full, of everything else only the number and the hashes, so that the chain can be followed and nothing
 * else is told.
 */
export async function* extractActivity(
  read: Reader,
  { firstSeq, lastSeq }: ExtractEnds,
  targets: ReadonlySet<string>,
): AsyncGenerator<string, void, void> {
  let afterSeq = firstSeq - 1;
  while (afterSeq < lastSeq) {
    const lines = await listActivityChain(read, { afterSeq, untilSeq: lastSeq, limit: LINES_AT_ONCE });
    const last = lines.at(-1);
    if (last === undefined) return;
    afterSeq = last.seq;
    yield lines
      .map((line) => {
        const { seq, previousHash, hash } = line;
        const isOurs = line.target !== null && targets.has(line.target);
        const told = isOurs ? { ...line, details: parsed(line.details) } : { seq, previousHash, hash };
        return `${JSON.stringify(told)}\n`;
      })
      .join("");
  }
}

/** Details that somebody edited into no JSON are given as they are: their hash does not fit any more, which shows. */
function parsed(details: string): unknown {
  try {
    return JSON.parse(details);
  } catch {
    return details;
  }
}
