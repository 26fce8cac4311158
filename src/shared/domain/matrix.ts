import { z } from "zod";
import {
  CategoryId,
  ConnectionId,
  EpochMs,
  ExclusionId,
  PersonId,
  Platform,
  RunId,
  SavedViewId,
} from "./ids.ts";
import { FindingKind, RunGroup, RunPerson, RunState, Strategy } from "./coverage.ts";
import { PresenceKind, UnknownReason } from "./presence.ts";
import { RequirementLevel } from "./rules.ts";

/** One cell of the matrix: a result, and the exclusion that accepts it, if any counts now. */
export const MatrixCell = z.object({
  personId: PersonId,
  level: RequirementLevel,
  presence: PresenceKind,
  reason: UnknownReason.nullable(),
  exclusionId: ExclusionId.nullable(),
});
export type MatrixCell = z.infer<typeof MatrixCell>;

/** One row of the matrix. People not named in `cells` are not asked for in this group. */
export const MatrixRow = z.object({
  group: RunGroup,
  cells: z.array(MatrixCell),
  findings: z.array(FindingKind),
  requiredPresent: z.number().int(),
  requiredTotal: z.number().int(),
  optionalPresent: z.number().int(),
  optionalTotal: z.number().int(),
});
export type MatrixRow = z.infer<typeof MatrixRow>;

/** What the operator narrowed the matrix to. An empty list means no restriction. */
export const MatrixFilter = z.object({
  search: z.string().max(300).default(""),
  platforms: z.array(Platform).default([]),
  categoryIds: z.array(CategoryId).default([]),
  findings: z.array(FindingKind).default([]),
  personIds: z.array(PersonId).default([]),
  presence: z.array(PresenceKind).default([]),
  showExcluded: z.boolean().default(true),
});
export type MatrixFilter = z.infer<typeof MatrixFilter>;

export const MatrixSort = z.object({
  by: z.enum(["name", "category", "missing", "members", "privacy"]).default("missing"),
  direction: z.enum(["ascending", "descending"]).default("descending"),
});
export type MatrixSort = z.infer<typeof MatrixSort>;

/** A named filter and sort order that the operator keeps. */
export const SavedView = z.object({
  id: SavedViewId,
  name: z.string().trim().min(1).max(100),
  filter: MatrixFilter,
  sort: MatrixSort,
});
export type SavedView = z.infer<typeof SavedView>;

/** The run that tells of some connections of one platform, and when it started. */
export const PlatformSource = z.object({
  platform: Platform,
  connectionIds: z.array(ConnectionId),
  /** The connections' names, for people. */
  label: z.string(),
  runId: RunId,
  atMs: EpochMs,
  state: RunState,
});
export type PlatformSource = z.infer<typeof PlatformSource>;

/** A whole matrix, exclusions applied as of now: of one run, or of the newest results of each connection. */
export const Matrix = z.object({
  /** Null when it is made of the newest results of each platform. */
  runId: RunId.nullable(),
  /** Where each platform's rows come from; at least one. */
  sources: z.array(PlatformSource),
  people: z.array(RunPerson),
  rows: z.array(MatrixRow),
});
export type Matrix = z.infer<typeof Matrix>;

/** One earlier result of a cell, newest first. */
export const CellHistoryEntry = z.object({
  runId: RunId,
  atMs: EpochMs,
  strategy: Strategy.nullable(),
  presence: PresenceKind,
  reason: UnknownReason.nullable(),
});
export type CellHistoryEntry = z.infer<typeof CellHistoryEntry>;

/** Coverage of one category in the newest results. Excluded gaps count as covered. */
export const CategoryCoverage = z.object({
  categoryId: CategoryId.nullable(),
  name: z.string(),
  groups: z.number().int(),
  requiredTotal: z.number().int(),
  requiredPresent: z.number().int(),
  requiredAbsent: z.number().int(),
  requiredUnknown: z.number().int(),
  excluded: z.number().int(),
});
export type CategoryCoverage = z.infer<typeof CategoryCoverage>;

/** Coverage of one platform's groups, counted in the same way. */
export const PlatformCoverage = CategoryCoverage.omit({ categoryId: true, name: true }).extend({
  platform: Platform,
});
export type PlatformCoverage = z.infer<typeof PlatformCoverage>;
