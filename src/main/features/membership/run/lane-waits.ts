import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Wait } from "#shared/domain/job.ts";

/** What holds each connection of a run up; the run stands still only while all of them do. */
export interface LaneWaits {
  enter(connectionId: ConnectionId): void;
  leave(connectionId: ConnectionId): void;
  /** The connection can do nothing until the operator acts, or can again. */
  setStuck(connectionId: ConnectionId, isStuck: boolean): void;
  /** Some other connection is still at work, or waits for its time. */
  areOthersAtWork(connectionId: ConnectionId): boolean;
  /** `own` is what the run itself waits for, `platform` what the session reports. */
  set(connectionId: ConnectionId, source: "own" | "platform", wait: Wait | null): void;
}

export function createLaneWaits(show: (wait: Wait | null) => void): LaneWaits {
  const lanes = new Map<ConnectionId, { own: Wait | null; platform: Wait | null; isStuck: boolean }>();

  function refresh(): void {
    const moving = [...lanes.values()].filter(({ isStuck }) => !isStuck);
    const waits = moving.map(({ own, platform }) => own ?? platform);
    const isStill = waits.length > 0 && !waits.includes(null);
    const [earliest] = waits
      .filter((wait) => wait !== null)
      .toSorted((left, right) => left.untilMs - right.untilMs);
    show(isStill ? (earliest ?? null) : null);
  }

  return {
    enter(connectionId) {
      lanes.set(connectionId, { own: null, platform: null, isStuck: false });
      refresh();
    },
    leave(connectionId) {
      lanes.delete(connectionId);
      refresh();
    },
    setStuck(connectionId, isStuck) {
      const lane = lanes.get(connectionId);
      if (lane === undefined) return;
      lane.isStuck = isStuck;
      refresh();
    },
    areOthersAtWork: (connectionId) =>
      [...lanes].some(([other, { isStuck }]) => other !== connectionId && !isStuck),
    set(connectionId, source, wait) {
      const lane = lanes.get(connectionId);
      if (lane === undefined) return;
      lane[source] = wait;
      refresh();
    },
  };
}
