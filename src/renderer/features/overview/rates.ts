import type { CategoryCoverage } from "#shared/domain/matrix.ts";

export interface Totals {
  readonly required: number;
  readonly absent: number;
  readonly unknown: number;
  readonly excluded: number;
  /** Covered share of what is required, 0..1; null without requirements. */
  readonly rate: number | null;
}

type Counts = Omit<CategoryCoverage, "categoryId" | "name">;

/** Sums categories; excluded gaps count as covered, what is unknown does not. */
export function totalsOf(categories: readonly Counts[]): Totals {
  const sum = (of: (category: Counts) => number): number =>
    categories.reduce((total, category) => total + of(category), 0);
  const required = sum((category) => category.requiredTotal);
  const absent = sum((category) => category.requiredAbsent);
  const unknown = sum((category) => category.requiredUnknown);
  return {
    required,
    absent,
    unknown,
    excluded: sum((category) => category.excluded),
    rate: required === 0 ? null : (required - absent - unknown) / required,
  };
}
