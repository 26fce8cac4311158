/** Insights: audits by the clock, telling of what they found, and noticing what happens between them. */
import type { InsightsDeps } from "./insights-deps.ts";
import { createNoticing, type NoticingDoor } from "./noticing/noticing.ts";
import { createSchedules, type SchedulesDoor } from "./schedules/schedules.ts";
import { createTurnJob } from "./schedules/turn-job.ts";
import { createNewsFinder } from "./telling/find-news.ts";
import { createTellJob } from "./telling/tell-job.ts";
import { createTelling, type TellingDoor } from "./telling/telling.ts";

export type { InsightsDeps, SystemNotification } from "./insights-deps.ts";

/** The door of the feature, procedure by procedure as in the contract. */
export interface Insights extends SchedulesDoor, TellingDoor, NoticingDoor {
  /**
   * Called once, before the job runner starts, by the process that shows a window: sets up the schedules, tells of what
   * ended meanwhile, and begins to notice.
   */
  start(): Promise<void>;
  /** Before the job runner and the connections stop. */
  stop(): Promise<void>;
}

/** Registers its kinds of job, so it is made before the runner starts. */
export function createInsights(deps: InsightsDeps): Insights {
  const { clock, jobs, log } = deps;
  const turnJob = createTurnJob(deps);
  const tellJob = createTellJob(deps);
  jobs.register(turnJob);
  jobs.register(tellJob);
  const schedules = createSchedules(deps, turnJob);
  const noticing = createNoticing(deps);
  const news = createNewsFinder(deps, tellJob);
  let stopWatching: () => void = () => {};
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  /** One look at a time; a change meanwhile has it look once more. */
  function lookForNews(): void {
    lookAgain = true;
    looking ??= lookUntilQuiet()
      .catch((error: unknown) => log.error("news-not-found", { error }))
      .finally(() => (looking = null));
  }

  async function lookUntilQuiet(): Promise<void> {
    while (lookAgain) {
      lookAgain = false;
      await news.look();
    }
  }

  return {
    ...schedules.door,
    ...createTelling(deps, tellJob),
    ...noticing.door,

    async start() {
      await schedules.start();
      await news.start(clock.nowMs());
      stopWatching = deps.watchChanges((topic) => {
        if (topic === "runs") lookForNews();
        if (topic === "connections") noticing.connectionsChanged();
      });
      lookForNews();
      noticing.start();
    },

    async stop() {
      stopWatching();
      await noticing.stop();
      await looking;
    },
  };
}
