import { answerWith } from "./answer.ts";
import type { Answers } from "./answers.ts";
import type { Doors } from "./doors.ts";

export function answerInsights(answers: Answers["insights"], { insights }: Doors) {
  return {
    listSchedules: answers.listSchedules.handler(() => insights.listSchedules()),
    setSchedule: answers.setSchedule.handler(({ input }) => answerWith(insights.setSchedule(input))),
    runSchedule: answers.runSchedule.handler(({ input }) => answerWith(insights.runSchedule(input))),
    getTelling: answers.getTelling.handler(() => insights.getTelling()),
    saveTelling: answers.saveTelling.handler(({ input }) => answerWith(insights.saveTelling(input))),
    listDestinations: answers.listDestinations.handler(({ input }) =>
      answerWith(insights.listDestinations(input)),
    ),
    testTelling: answers.testTelling.handler(({ input }) => answerWith(insights.testTelling(input))),
    retryTelling: answers.retryTelling.handler(({ input }) => answerWith(insights.retryTelling(input))),
    noticed: answers.noticed.handler(() => insights.noticed()),
    dismissNoticed: answers.dismissNoticed.handler(({ input }) => answerWith(insights.dismissNoticed(input))),
  };
}
