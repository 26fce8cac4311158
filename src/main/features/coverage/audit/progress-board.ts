import type { RunId } from "#shared/domain/ids.ts";
import type { Progress, Wait } from "#shared/domain/job.ts";
import type { Clock } from "#shared/lib/time.ts";
import { durationOfCalls } from "../policy/strategy-cost.ts";

/** One connection's part of a phase. */
interface Part {
  readonly phase: string;
  done: number;
  total: number | null;
  perMinute: number;
  wait: Wait | null;
  calls: () => number;
}

/** One connection as it is shown. */
export type BoardPart = Readonly<Pick<Part, "phase" | "done" | "total" | "wait">>;

/** What is going on in the runs of this process; nothing of it needs to survive a restart. */
export interface ProgressBoard {
  /** Opens a run's page; `calls` counts what was made so far, in every attempt. */
  open(runId: RunId): RunBoard;
  close(runId: RunId): void;
  /** Null when the run is not at work in this process. */
  find(runId: RunId): {
    readonly progress: Progress;
    readonly calls: number;
    /** By connection id. */
    readonly parts: ReadonlyMap<string, BoardPart>;
  } | null;
}

export interface RunBoard {
  /** A connection begins a phase; `total` is in calls and null when unknown. */
  begin(
    connectionId: string,
    phase: AuditPhase,
    size: { done: number; total: number | null; perMinute: number },
  ): void;
  advance(connectionId: string): void;
  wait(connectionId: string, wait: Wait | null): void;
  countCalls(connectionId: string, calls: () => number): void;
  /** The wait to show for the whole run: the one that ends first. */
  currentWait(): Wait | null;
}

/** In the order in which a connection goes through them. */
export const AUDIT_PHASES = [
  "Listing groups",
  "Reading people's groups",
  "Reading members",
  "Looking up accounts",
  "Checking what listings cannot show",
  "Settling results",
] as const;
export type AuditPhase = (typeof AUDIT_PHASES)[number];

export function createProgressBoard(clock: Clock): ProgressBoard {
  const runs = new Map<RunId, Map<string, Part>>();

  function open(runId: RunId): RunBoard {
    const parts = new Map<string, Part>();
    runs.set(runId, parts);
    const partOf = (connectionId: string): Part => {
      const part: Part = parts.get(connectionId) ?? {
        phase: AUDIT_PHASES[0],
        done: 0,
        total: null,
        perMinute: 1,
        wait: null,
        calls: () => 0,
      };
      parts.set(connectionId, part);
      return part;
    };
    return {
      begin: (connectionId, phase, size) => {
        parts.set(connectionId, { ...partOf(connectionId), phase, ...size });
      },
      advance: (connectionId) => {
        const part = partOf(connectionId);
        part.done += 1;
        // More pages than expected: a listing that grew, or an estimate that was too low.
        if (part.total !== null && part.done > part.total) part.total = part.done;
      },
      wait: (connectionId, wait) => {
        partOf(connectionId).wait = wait;
      },
      countCalls: (connectionId, calls) => {
        partOf(connectionId).calls = calls;
      },
      currentWait: () => firstToEnd([...parts.values()]),
    };
  }

  function find(runId: RunId) {
    const parts = [...(runs.get(runId)?.values() ?? [])];
    if (!runs.has(runId)) return null;
    // The run is where its slowest connection is; earlier phases of others are over, later ones do not count yet.
    const phase = AUDIT_PHASES.find((candidate) => parts.some((part) => part.phase === candidate));
    const current = parts.filter((part) => part.phase === phase);
    const isKnown = current.length > 0 && current.every((part) => part.total !== null);
    const waiting = firstToEnd(parts);
    const progress: Progress = {
      phase: phase ?? AUDIT_PHASES[0],
      done: current.reduce((sum, part) => sum + part.done, 0),
      total: isKnown ? current.reduce((sum, part) => sum + (part.total ?? 0), 0) : null,
      etaMs: isKnown ? Math.max(...current.map((part) => remainingMs(part, clock.nowMs()))) : null,
      waiting,
    };
    return {
      progress,
      calls: parts.reduce((sum, part) => sum + part.calls(), 0),
      parts: new Map(runs.get(runId)),
    };
  }

  return { open, find, close: (runId) => void runs.delete(runId) };
}

/** Time the rest of a phase takes under the published limits, after the wait that is under way. */
function remainingMs(part: Part, nowMs: number): number {
  const left = Math.max(0, (part.total ?? 0) - part.done);
  const waitMs = part.wait === null ? 0 : Math.max(0, part.wait.untilMs - nowMs);
  return waitMs + durationOfCalls(left, part.perMinute);
}

function firstToEnd(parts: readonly Part[]): Wait | null {
  const waits = parts.flatMap((part) => part.wait ?? []);
  return waits.toSorted((left, right) => left.untilMs - right.untilMs)[0] ?? null;
}
