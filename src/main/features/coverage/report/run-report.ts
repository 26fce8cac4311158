import type {
  CoverageResult,
  Exclusion,
  Finding,
  Run,
  RunComparison,
  RunGroup,
  RunPerson,
} from "#shared/domain/coverage.ts";

/** Everything a report says about one run; nothing in it is looked up later. */
export interface RunReport {
  readonly run: Run;
  readonly groups: readonly RunGroup[];
  readonly people: readonly RunPerson[];
  /** One for every group × person asked for, as the run settled it: exclusions are applied by the report. */
  readonly results: readonly CoverageResult[];
  readonly findings: readonly Finding[];
  /** Every exclusion on record, expired ones too. */
  readonly exclusions: readonly Exclusion[];
  /** Against `previousRun`; null when there is none. */
  readonly comparison: RunComparison | null;
  readonly previousRun: Run | null;
}
