import { z } from "zod";
import { GroupAbilities } from "#shared/domain/group.ts";

/**
 * The forms of the JSON files that membership writes, as `resources/schema` publishes them. Wider than what is known
 * inside: codes, kinds and states are texts there, so that a reader of version 1 keeps working when new ones come.
 */

const atMs = z.number().int().describe("UTC, in milliseconds since 1970.");

const fileFailure = z.object({
  code: z.string(),
  message: z.string(),
  todo: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

const fileProblem = z.object({ connectionId: z.string(), label: z.string(), failure: fileFailure });

const fileCost = z.object({
  connectionId: z.string(),
  label: z.string(),
  steps: z.number(),
  calls: z.number(),
  durationMs: z.number(),
  because: z.string(),
});

const fileStep = z.object({
  ordinal: z.number().int().describe("From 0, in the plan's order."),
  action: z.string(),
  connectionId: z.string(),
  platform: z.enum(["slack", "telegram"]),
  groupKey: z
    .string()
    .nullable()
    .describe("Null for a group still to be created, and a message to a person."),
  groupName: z.string(),
  groupKind: z.string().nullable(),
  personId: z.string().nullable(),
  personName: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  state: z.string(),
  isChosen: z.boolean().describe("False when the operator left it out."),
  evidence: z.string(),
  failure: fileFailure.nullable(),
  beganAtMs: atMs.nullable().describe("When the platform was last asked to do it."),
  actedAtMs: atMs.nullable().describe("When it was done."),
  verifiedAtMs: atMs.nullable().describe("When reading back confirmed it."),
});

export const OperationReportFile = z.object({
  format: z.literal("muster/operation-report"),
  version: z.literal(1),
  generatedAtMs: atMs,
  isPlan: z.boolean().describe("True when nothing of it has been done."),
  operation: z.object({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    state: z.string(),
    undoes: z.string().nullable(),
    undoneBy: z.string().nullable(),
    isSandbox: z.boolean(),
    createdAtMs: atMs,
    createdBy: z.string(),
    plannedAtMs: atMs.nullable(),
    confirmedAtMs: atMs.nullable(),
    confirmedBy: z.string().nullable(),
    approvedAtMs: atMs.nullable(),
    approvedBy: z.string().nullable(),
    finishedAtMs: atMs.nullable(),
    counts: z.record(z.string(), z.number().int()).describe("Steps by state."),
    costs: z.array(fileCost),
    failure: fileFailure.nullable(),
    request: z.looseObject({ kind: z.string() }),
    problems: z.array(fileProblem),
  }),
  steps: z.array(fileStep),
});

export const FoundGroupsFile = z.object({
  format: z.literal("muster/found-groups"),
  version: z.literal(1),
  generatedAtMs: atMs,
  askedAtMs: atMs,
  person: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe("Null when it is about every group of the accounts."),
  problems: z.array(fileProblem),
  groups: z.array(
    z.object({
      groupKey: z.string(),
      groupName: z.string(),
      platform: z.enum(["slack", "telegram"]),
      connectionId: z.string(),
      connectionLabel: z.string(),
      isArchived: z.boolean(),
      isGeneral: z.boolean().describe("Slack's general channel: nobody can be taken out of it."),
      presence: z.string(),
      ownRight: z.string(),
      may: GroupAbilities.describe("What our account may change there; null where that is not known."),
    }),
  ),
});
