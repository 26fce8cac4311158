/** One line of a bench's table. */
export interface BenchResult {
  /** What was measured, and of what. */
  readonly name: string;
  readonly value: number;
  /** What `value` and `floor` count, e.g. `ms` or `calls`. */
  readonly unit: string;
  /** What it cannot do better than, or what somebody else's way takes, measured in the same run. */
  readonly floor?: number;
  /** What `floor` is of. */
  readonly against?: string;
  /** The most that `value` may be of `floor`; without a floor, the most that it may be. */
  readonly aim?: number;
}
