import type { MemberList } from "#sandbox/world/member-list.ts";
import type { Person } from "#sandbox/world/person.ts";
import type { TelegramWorld } from "#sandbox/world/telegram-model.ts";

export type { Belonging, Person, TeamStatus } from "#sandbox/world/person.ts";

/** A topic or purpose as Slack keeps it. `creator` is a Slack user id or empty; `lastSetS` is epoch seconds. */
export interface ChannelText {
  value: string;
  creator: string;
  lastSetS: number;
}

export interface Channel {
  readonly id: string;
  name: string;
  previousNames: string[];
  readonly isPrivate: boolean;
  readonly isGeneral: boolean;
  isArchived: boolean;
  /** Shared with another company (Slack Connect). */
  readonly isExtShared: boolean;
  readonly connectedTeamIds: readonly string[];
  readonly creator: string;
  readonly createdS: number;
  topic: ChannelText;
  purpose: ChannelText;
  /** Pinned messages by their id, the oldest pin first. */
  readonly pinned: Map<string, { readonly text: string; readonly by: string; readonly atS: number }>;
  readonly members: MemberList;
  /** Made for a customer; what an audit is about. */
  readonly customer: boolean;
  /** The category its operator would file it under; null for channels that are not about customers. */
  readonly category: string | null;
  /** Who wrote the generated history: the members the world began with, so that a kick does not rewrite the past. */
  readonly authors: Uint32Array;
  /** Generated top-level messages; see messages.ts. */
  readonly messageCount: number;
  /** Hand-written messages of a world file; they replace the generated ones. */
  readonly writtenMessages: readonly WrittenMessage[] | null;
  updatedMs: number;
}

/** A message of a world file. `atS` is epoch seconds. */
export interface WrittenMessage {
  readonly atS: number;
  readonly person: number;
  readonly text: string;
  readonly replies: readonly { readonly atS: number; readonly person: number; readonly text: string }[];
}

/** A Slack user group ("@bd"). */
export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly members: readonly number[];
}

/** Everything behind all simulated platforms. Mutable: invites and renames change it. */
export interface World {
  readonly seed: number;
  readonly label: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly teamDomain: string;
  readonly people: Person[];
  readonly channels: Map<string, Channel>;
  readonly userGroups: readonly UserGroup[];
  /** Whose user token the sandbox hands out. */
  readonly tokenOwner: number;
  /** The bot user of the app whose tokens the sandbox hands out. */
  readonly botUser: number;
  readonly personBySlackId: Map<string, Person>;
  readonly telegram: TelegramWorld;
}

/** The newest generated moment, epoch seconds: 2026-11-01T00:00:00Z. Fixed, so that a world never depends on the clock. */
export const WORLD_NOW_S = 1_793_491_200;
