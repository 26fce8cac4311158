import { z } from "zod";
import { CategoryId, PersonId, Platform } from "#shared/domain/ids.ts";
import {
  Category,
  CustomerGroupPatterns,
  DeprecatedTerm,
  NamePattern,
  RequirementLevel,
} from "#shared/domain/rules.ts";
import { MemberStatus, TeamMember } from "#shared/domain/team.ts";

// The team-and-rules file, version 1, as people write it. Only what JSON Schema can say as well belongs here; what
// depends on other parts of the file is in file-checks.ts. Unknown keys are refused: they are typing errors.

export const SCHEMA_ID = "https://muster.example/schema/team-and-rules.v1.json";

const AccountId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^\S+$/)
  .describe("The platform's own id, e.g. U0123ABCD.");
const Username = z.string().min(1).max(200).describe("With or without a leading @.");

const FileIdentity = z
  .strictObject({
    platform: Platform,
    workspaceId: z.string().min(1).max(100).nullable().optional().describe("Slack team id, e.g. T0123."),
    userId: AccountId.nullable().optional(),
    username: Username.nullable().optional(),
  })
  .describe("A further account; either userId or username is needed.");
export type FileIdentity = z.infer<typeof FileIdentity>;

const FileMember = z.strictObject({
  id: PersonId.optional().describe(
    "Keeps the person the same when the name changes; made from the name if left out.",
  ),
  name: TeamMember.shape.name,
  role: TeamMember.shape.role.optional(),
  status: MemberStatus.default("active"),
  email: TeamMember.shape.email.optional(),
  slackUserId: AccountId.nullable().optional(),
  slackUsername: Username.nullable().optional(),
  telegramUserId: z
    .union([z.string().regex(/^\d{1,20}$/), z.int().positive()])
    .nullable()
    .optional(),
  telegramUsername: Username.nullable().optional(),
  identities: z.array(FileIdentity).max(50).default([]),
});
export type FileMember = z.infer<typeof FileMember>;

const FileMatcher = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pattern"), pattern: NamePattern }),
  z.strictObject({ kind: z.literal("name"), names: z.array(z.string().min(1).max(300)).max(5_000) }),
  z.strictObject({
    kind: z.literal("id"),
    platform: Platform,
    ids: z.array(z.string().min(1).max(100)).max(5_000),
  }),
]);

const FileTarget = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("everyone") }),
  z.strictObject({ kind: z.literal("role"), role: z.string().trim().min(1).max(100) }),
  z.strictObject({ kind: z.literal("person"), personId: PersonId }),
]);

const FileCategory = z.strictObject({
  id: CategoryId.optional().describe("Made from the name if left out."),
  name: Category.shape.name,
  matchers: z.array(FileMatcher).max(1_000).default([]),
  requirements: z
    .array(z.strictObject({ target: FileTarget, level: RequirementLevel }))
    .max(500)
    .default([]),
  expectPrivate: z.boolean().default(false),
  expectHistoryVisible: Category.shape.expectHistoryVisible.describe(
    "Telegram: a history hidden from new members is a finding.",
  ),
  expectAdminRight: Category.shape.expectAdminRight.describe(
    "Telegram: that the connected account is no admin is a finding.",
  ),
});

const FileTelegramScope = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("shared-with"), personId: PersonId.nullable() }),
  z.strictObject({ kind: z.literal("folder"), title: z.string().trim().min(1).max(200) }),
  z.strictObject({ kind: z.literal("pattern") }),
  z.strictObject({ kind: z.literal("all") }),
]);

/** A part that is left out stays as it is in Muster; an empty list empties it. */
export const TeamFile = z.strictObject({
  $schema: z.string().max(500).optional(),
  version: z.literal(1),
  team: z.array(FileMember).max(10_000).optional(),
  customerGroups: z
    .strictObject({
      include: CustomerGroupPatterns.shape.include,
      exclude: CustomerGroupPatterns.shape.exclude.default([]),
    })
    .optional(),
  categories: z
    .array(FileCategory)
    .max(200)
    .optional()
    .describe("Tried in order; the first that matches a group wins."),
  deprecatedTerms: z.array(z.strictObject(DeprecatedTerm.shape)).max(500).optional(),
  telegramScope: FileTelegramScope.optional().describe(
    "Which Telegram groups count: those shared with a member (null: with the connected account), a folder, all.",
  ),
});
export type TeamFile = z.infer<typeof TeamFile>;
export type TeamFileInput = z.input<typeof TeamFile>;

const GroupNames = z.array(z.string().min(1).max(300)).max(50_000);

/** The older `customer_group_categories.json`. */
export const LegacyFile = z.strictObject({
  marketing_groups: GroupNames.optional(),
  internal_groups: GroupNames.optional(),
  intro_groups: GroupNames.optional(),
});
export type LegacyFile = z.infer<typeof LegacyFile>;

/** The JSON Schema (2020-12) of what may be written into a file. */
export function describeFileFormat(): Record<string, unknown> {
  const schema = z.toJSONSchema(TeamFile, { io: "input", target: "draft-2020-12" });
  return { ...schema, $id: SCHEMA_ID, title: "Muster: team and rules" };
}
