import { oc } from "@orpc/contract";
import { z } from "zod";
import { JobId } from "../domain/ids.ts";
import { Job } from "../domain/job.ts";
import { failing, storeFailures } from "./failures.ts";

export const jobsContract = {
  /** Newest first, dead letters included. */
  list: oc.output(z.array(Job)),
  /** Gives a dead letter or a paused job another try. */
  retry: oc
    .input(z.object({ jobId: JobId }))
    .output(z.void())
    .errors(failing("input/not-found", "job/not-resumable", ...storeFailures)),
  /** Removes a dead letter. */
  discard: oc
    .input(z.object({ jobId: JobId }))
    .output(z.void())
    .errors(failing("input/not-found", ...storeFailures)),
};
