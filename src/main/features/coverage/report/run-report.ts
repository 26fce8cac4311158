import type {
  Changes,
  CoverageResult,
  Exclusion,
  Finding,
  Run,
  RunGroup,
  RunPerson,
} from "#shared/domain/coverage.ts";
import type { Platform } from "#shared/domain/ids.ts";

/** Where a platform's part of a report comes from. */
export interface ReportSource {
  readonly platform: Platform;
  readonly run: Run;
  /** What its changes are counted from; null when no earlier run read the platform. */
  readonly previousRun: Run | null;
}

/** Everything a report says; nothing in it is looked up later. */
export interface RunReport {
  /** The run it is about; null when the newest results of each platform come from different runs. */
  readonly run: Run | null;
  /** By platform. */
  readonly sources: readonly ReportSource[];
  readonly groups: readonly RunGroup[];
  readonly people: readonly RunPerson[];
  /** One for every group × person asked for, as its run settled it: exclusions are applied by the report. */
  readonly results: readonly CoverageResult[];
  readonly findings: readonly Finding[];
  /** Every exclusion on record, expired ones too. */
  readonly exclusions: readonly Exclusion[];
  /** Of every platform that has an earlier run, against that; null when none has. */
  readonly changes: Changes | null;
}

/** A report about one run. */
export interface SingleRunReport extends RunReport {
  readonly run: Run;
}
