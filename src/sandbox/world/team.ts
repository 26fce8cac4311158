import type { TeamStatus } from "#sandbox/world/model.ts";

/** One post on the simulated company's customer team. */
interface TeamPost {
  readonly role: string;
  readonly status: TeamStatus;
  /** A fixed name where the story needs one; otherwise the generator picks. */
  readonly name?: string;
}

/**
 * The customer team: nine whose presence is required, three who should be there, one who left the company.
 * The first one owns the user token; "Nadia Weber" also is the name of a customer's guest (two people, one name).
 */
export const TEAM_POSTS: readonly TeamPost[] = [
  { role: "BD", status: "active", name: "Jonas Lindqvist" },
  { role: "BD", status: "active" },
  { role: "BD", status: "active" },
  { role: "Sales engineer", status: "active", name: "Nadia Weber" },
  { role: "Sales engineer", status: "active" },
  { role: "Support", status: "active" },
  { role: "Support", status: "active" },
  { role: "Founder", status: "active" },
  { role: "Founder", status: "active" },
  { role: "Marketing", status: "optional" },
  { role: "Product", status: "optional" },
  { role: "Legal", status: "optional" },
  { role: "BD", status: "inactive", name: "Tariq Moreau" },
];

/** A name shared by a team member and a customer's guest. */
export const SHARED_NAME = "Nadia Weber";
