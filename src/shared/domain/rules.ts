import { z } from "zod";
import { CategoryId, PersonId, Platform } from "./ids.ts";

/** A shell-like name pattern (`*`, `?`, `[a-z]`, `{a,b}`), compared without regard to case. */
export const NamePattern = z.string().trim().min(1).max(300);

/** How a group is recognised as belonging to a category. Any matcher of the list is enough. */
export const GroupMatcher = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pattern"), pattern: NamePattern }),
  z.object({ kind: z.literal("name"), names: z.array(z.string().min(1).max(300)).max(5_000) }),
  z.object({
    kind: z.literal("id"),
    platform: Platform,
    ids: z.array(z.string().min(1).max(100)).max(5_000),
  }),
]);
export type GroupMatcher = z.infer<typeof GroupMatcher>;

export const RequirementLevel = z.enum(["required", "optional"]);
export type RequirementLevel = z.infer<typeof RequirementLevel>;

/** Whom a requirement names. `everyone` is the whole team. */
export const RequirementTarget = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everyone") }),
  z.object({ kind: z.literal("role"), role: z.string().trim().min(1).max(100) }),
  z.object({ kind: z.literal("person"), personId: PersonId }),
]);
export type RequirementTarget = z.infer<typeof RequirementTarget>;

export const Requirement = z.object({ target: RequirementTarget, level: RequirementLevel });
export type Requirement = z.infer<typeof Requirement>;

/** A kind of group. Categories are tried in order and the first that matches wins. */
export const Category = z.object({
  id: CategoryId,
  name: z.string().trim().min(1).max(100),
  matchers: z.array(GroupMatcher).max(1_000),
  requirements: z.array(Requirement).max(500),
  /** A public channel in this category is a finding. */
  expectPrivate: z.boolean(),
  /** A Telegram group in this category whose history new members cannot see is a finding; left out means no. */
  expectHistoryVisible: z.boolean().optional(),
  /** A Telegram group in this category in which the connected account is no admin is a finding; left out means no. */
  expectAdminRight: z.boolean().optional(),
});
export type Category = z.infer<typeof Category>;

/** A word that group names should no longer contain, compared without regard to case. */
export const DeprecatedTerm = z.object({
  term: z.string().trim().min(1).max(100),
  replacement: z.string().trim().max(100),
});
export type DeprecatedTerm = z.infer<typeof DeprecatedTerm>;

/** Which groups are customers' groups, by name: any of `include`, none of `exclude`. */
export const CustomerGroupPatterns = z.object({
  include: z.array(NamePattern).max(500),
  exclude: z.array(NamePattern).max(500),
});
export type CustomerGroupPatterns = z.infer<typeof CustomerGroupPatterns>;

/**
 * Which Telegram groups an audit is about. `shared-with` are those that the connected account shares with this member's
 * account, or all of its own when `personId` is null; `pattern` are all of its own. Both are narrowed to the customer
 * groups by name. `folder` (one of the account's chat folders, by title) and `all` are a choice by themselves: only the
 * names that `customerGroups.exclude` holds are left out of them. Broadcast channels never count.
 */
export const TelegramScope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("shared-with"), personId: PersonId.nullable() }),
  z.object({ kind: z.literal("folder"), title: z.string().trim().min(1).max(200) }),
  z.object({ kind: z.literal("pattern") }),
  z.object({ kind: z.literal("all") }),
]);
export type TelegramScope = z.infer<typeof TelegramScope>;

export const Rules = z.object({
  customerGroups: CustomerGroupPatterns,
  categories: z.array(Category).max(200),
  deprecatedTerms: z.array(DeprecatedTerm).max(500),
  /** Left out means shared with the connected account itself. */
  telegramScope: TelegramScope.optional(),
});
export type Rules = z.infer<typeof Rules>;
