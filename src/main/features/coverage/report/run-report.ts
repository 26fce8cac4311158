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

/** Where the part of a report comes from that some connections of a platform tell. */
export interface ReportSource {
  readonly platform: Platform;
  readonly run: Run;
  /** What its changes are counted from; null when no earlier run read them. */
  readonly previousRun: Run | null;
}

/** Everything a report says; nothing in it is looked up later. */
export interface RunReport {
  /** The run it is about; null when the newest results of each connection come from different runs. */
  readonly run: Run | null;
  /** Platform by platform, newest first. */
  readonly sources: readonly ReportSource[];
  readonly groups: readonly RunGroup[];
  readonly people: readonly RunPerson[];
  /** One for every group × person asked for, as its run settled it: exclusions are applied by the report. */
  readonly results: readonly CoverageResult[];
  readonly findings: readonly Finding[];
  /** Every exclusion on record, expired ones too. */
  readonly exclusions: readonly Exclusion[];
  /** Of every connection that has an earlier run, against that; null when none has. */
  readonly changes: Changes | null;
}

/** A report about one run. */
export interface SingleRunReport extends RunReport {
  readonly run: Run;
}
