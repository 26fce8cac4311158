import { answerActivity } from "./activity-router.ts";
import { openAnswers } from "./answers.ts";
import { answerApp } from "./app-router.ts";
import { answerConnections } from "./connections-router.ts";
import { answerCoverage } from "./coverage-router.ts";
import type { Doors } from "./doors.ts";
import { answerInsights } from "./insights-router.ts";
import { answerJobs } from "./jobs-router.ts";
import { answerMembership } from "./membership-router.ts";
import { answerTeam } from "./team-router.ts";

/** Answers the contract from the features. See `openAnswers` for what is checked. */
export function createRouter(doors: Doors, options: { readonly checkOutputs: boolean }) {
  const answers = openAnswers(options);
  return answers.router({
    app: answerApp(answers.app, doors),
    connections: answerConnections(answers.connections, doors),
    team: answerTeam(answers.team, doors),
    coverage: answerCoverage(answers.coverage, doors),
    activity: answerActivity(answers.activity, doors),
    jobs: answerJobs(answers.jobs, doors),
    insights: answerInsights(answers.insights, doors),
    membership: answerMembership(answers.membership, doors),
  });
}
