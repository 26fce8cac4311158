/** Insights: audits by the clock, telling of what they found, and noticing what happens between them. */
import type { ScheduleId } from "#shared/domain/schedule.ts";
import type { Telling } from "#shared/domain/telling.ts";
import type { InsightsDeps } from "./insights-deps.ts";
import { createNoticing, type NoticingDoor } from "./noticing/noticing.ts";
import { createSchedules, type SchedulesDoor, type TakenTurn } from "./schedules/schedules.ts";
import { createTurnJob } from "./schedules/turn-job.ts";
import { createDestinations, type DestinationsDoor } from "./telling/destinations.ts";
import { createNewsFinder, type NewsTopic } from "./telling/find-news.ts";
import { awaitMessages, queueNotifications } from "./telling/tell-at-once.ts";
import { createTellJob } from "./telling/tell-job.ts";
import { createTelling, type TellingDoor } from "./telling/telling.ts";

export type { InsightsDeps, SystemNotification } from "./insights-deps.ts";
export type { TakenTurn } from "./schedules/schedules.ts";

/** The door of the feature, procedure by procedure as in the contract. */
export interface Insights extends SchedulesDoor, TellingDoor, DestinationsDoor, NoticingDoor {
  /**
   * Called once, before the job runner starts, by the process that shows a window: sets up the schedules, tells of what
   * ended meanwhile, and begins to notice.
   */
  start(): Promise<void>;
  /** Called instead of `start` by a process that is there for one piece of work: what ends from here on is told. */
  beginTelling(): Promise<void>;
  /**
   * Tells of the runs and operations that ended and were not told of, by the rules of `start`, and answers with the messages once each
   * has left, was refused or was put off, or when the signal aborts. Notifications are left to a process with a screen.
   */
  tellAtOnce(signal: AbortSignal): Promise<Telling[]>;
  /**
   * Starts the audits of the schedules that are due, or of the named one whether it is due or not. Answers once each
   * turn has a run, or none and the reason. The job runner has to be started, without its clock.
   */
  takeTurns(which: ScheduleId | "due"): Promise<TakenTurn[]>;
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
  const changed = new Set<NewsTopic>();

  /** One look at a time; a change meanwhile has it look once more. */
  function lookForNews(about: NewsTopic): void {
    changed.add(about);
    looking ??= lookUntilQuiet()
      .catch((error: unknown) => log.error("news-not-found", { error }))
      .finally(() => (looking = null));
  }

  async function lookUntilQuiet(): Promise<void> {
    // What is added meanwhile is come to as well, once more where it was there already.
    for (const about of changed) {
      changed.delete(about);
      await news.look(about);
    }
  }

  return {
    ...schedules.door,
    ...createTelling(deps, tellJob),
    ...createDestinations(deps),
    ...noticing.door,
    takeTurns: schedules.takeTurns,
    beginTelling: () => news.start(clock.nowMs()),

    async tellAtOnce(signal) {
      const sinceMs = clock.nowMs();
      await news.look("everything");
      return awaitMessages(deps, sinceMs, signal);
    },

    async start() {
      await schedules.start();
      await news.start(clock.nowMs());
      await queueNotifications(deps, tellJob);
      stopWatching = deps.watchChanges((topic) => {
        if (topic === "runs" || topic === "operations") lookForNews(topic);
        if (topic === "connections") noticing.connectionsChanged();
      });
      lookForNews("runs");
      lookForNews("operations");
      noticing.start();
    },

    async stop() {
      stopWatching();
      await noticing.stop();
      await looking;
    },
  };
}
