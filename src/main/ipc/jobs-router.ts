import { failure } from "#shared/domain/failure.ts";
import type { JobId } from "#shared/domain/ids.ts";
import { err, ok } from "#shared/lib/result.ts";
import { answerWith } from "./answer.ts";
import type { Answers } from "./answers.ts";
import type { Doors } from "./doors.ts";

export function answerJobs(answers: Answers["jobs"], { jobs }: Doors) {
  async function retry(jobId: JobId) {
    return (await jobs.resume(jobId)) ? ok(undefined) : err(failure("job/not-resumable", { jobId }));
  }
  async function discard(jobId: JobId) {
    return (await jobs.discard(jobId)) ? ok(undefined) : err(failure("input/not-found", { jobId }));
  }
  return {
    list: answers.list.handler(() => jobs.list()),
    retry: answers.retry.handler(({ input }) => answerWith(retry(input.jobId))),
    discard: answers.discard.handler(({ input }) => answerWith(discard(input.jobId))),
  };
}
