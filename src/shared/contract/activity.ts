import { oc } from "@orpc/contract";
import { z } from "zod";
import { ActivityEntry, ActivityVerification } from "../domain/activity.ts";
import { PageRequest, pageOf } from "../domain/page.ts";

export const ActivityFilter = PageRequest.extend({ search: z.string().max(300).default("") });

export const activityContract = {
  /** Newest first. */
  list: oc.input(ActivityFilter).output(pageOf(ActivityEntry)),
  verify: oc.output(ActivityVerification),
};
