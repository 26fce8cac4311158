/** The whole contract: what the renderer may ask, and hear. */
import { activityContract } from "./activity.ts";
import { appContract } from "./app.ts";
import { connectionsContract } from "./connections.ts";
import { coverageContract } from "./coverage.ts";
import { insightsContract } from "./insights.ts";
import { jobsContract } from "./jobs.ts";
import { membershipContract } from "./membership.ts";
import { teamContract } from "./team.ts";

export const contract = {
  app: appContract,
  connections: connectionsContract,
  team: teamContract,
  coverage: coverageContract,
  activity: activityContract,
  jobs: jobsContract,
  insights: insightsContract,
  membership: membershipContract,
};

export type Contract = typeof contract;
