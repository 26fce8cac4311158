import { onTestFinished } from "vitest";
import { openPlanningLab, type PlanningLab } from "./planning-lab.ts";

/** A lab for the running test, stopped with its store when the test ends. */
export async function openTestPlanningLab(
  options: Parameters<typeof openPlanningLab>[0],
): Promise<PlanningLab> {
  const lab = await openPlanningLab(options);
  onTestFinished(async () => {
    await lab.stop();
    await lab.store.close();
  });
  return lab;
}
