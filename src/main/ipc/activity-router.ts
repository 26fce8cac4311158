import type { Answers } from "./answers.ts";
import type { Doors } from "./doors.ts";

export function answerActivity(answers: Answers["activity"], { activity }: Doors) {
  return {
    list: answers.list.handler(({ input }) => activity.list(input)),
    verify: answers.verify.handler(() => activity.verify()),
  };
}
