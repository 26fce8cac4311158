import type { Change } from "#sandbox/telegram/updates/update-desk.ts";

export interface LoggedChange {
  /** The box's pts after the change. */
  readonly pts: number;
  /** 0 for changes that belong to no box. */
  readonly ptsCount: number;
  readonly dateS: number;
  readonly change: Change;
}

const KEPT_MOST = 5_000;

/** One box of updates: numbers changes and keeps the newest 5,000. */
export class UpdateLog {
  #pts: number;
  #changes: LoggedChange[] = [];
  #oldestKnownPts: number;

  constructor(firstPts: number) {
    this.#pts = firstPts;
    this.#oldestKnownPts = firstPts;
  }

  get pts(): number {
    return this.#pts;
  }

  add(change: Change, ptsCount: number, dateS: number): LoggedChange {
    this.#pts += ptsCount;
    const logged = { pts: this.#pts, ptsCount, dateS, change };
    this.#changes.push(logged);
    if (this.#changes.length > KEPT_MOST * 2) {
      this.#changes = this.#changes.slice(-KEPT_MOST);
      this.#oldestKnownPts = (this.#changes[0] as LoggedChange).pts;
    }
    return logged;
  }

  /** What came after `pts`, and what belongs to no box and came at `dateS` or later; null: no longer known. */
  since(pts: number, dateS: number): readonly LoggedChange[] | null {
    if (pts < this.#oldestKnownPts) return null;
    return this.#changes.filter((one) => (one.ptsCount === 0 ? one.dateS >= dateS : one.pts > pts));
  }
}
