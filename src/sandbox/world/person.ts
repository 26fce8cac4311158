/** How a person belongs to the workspace: a full member, a guest, somebody from a connected workspace, a bot. */
export type Belonging = "member" | "multi-guest" | "single-guest" | "external" | "bot";

export type TeamStatus = "active" | "optional" | "inactive";

/** A person of the simulated world; the same one on every platform. */
export interface Person {
  /** Position in `World.people`; memberships refer to it. */
  readonly index: number;
  /** Stable and readable, `p-0007`; the id a rules file uses. */
  readonly id: string;
  name: string;
  readonly email: string;
  readonly role: string | null;
  readonly team: boolean;
  readonly status: TeamStatus | null;
  readonly belonging: Belonging;
  readonly slackUserId: string;
  slackUsername: string;
  /** The workspace the person belongs to: ours, or the connected one of an external person. */
  readonly slackTeamId: string;
  /** Bots of generated worlds get theirs after the Slack side is made. */
  telegramUserId: number | null;
  /** Without "@"; a public name can move to somebody else. */
  telegramUsername: string | null;
  readonly timeZone: string;
  deactivated: boolean;
  updatedS: number;
}
