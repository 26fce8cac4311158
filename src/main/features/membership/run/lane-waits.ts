import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Wait } from "#shared/domain/job.ts";

/** What holds each connection of a run up; the run stands still only while all of them do. */
export interface LaneWaits {
  enter(connectionId: ConnectionId): void;
  leave(connectionId: ConnectionId): void;
  /** `own` is what the run itself waits for, `platform` what the session reports. */
  set(connectionId: ConnectionId, source: "own" | "platform", wait: Wait | null): void;
}

export function createLaneWaits(show: (wait: Wait | null) => void): LaneWaits {
  const lanes = new Map<ConnectionId, { own: Wait | null; platform: Wait | null }>();

  function refresh(): void {
    const waits = [...lanes.values()].map(({ own, platform }) => own ?? platform);
    const isStill = waits.length > 0 && !waits.includes(null);
    const [earliest] = waits
      .filter((wait) => wait !== null)
      .toSorted((left, right) => left.untilMs - right.untilMs);
    show(isStill ? (earliest ?? null) : null);
  }

  return {
    enter(connectionId) {
      lanes.set(connectionId, { own: null, platform: null });
      refresh();
    },
    leave(connectionId) {
      lanes.delete(connectionId);
      refresh();
    },
    set(connectionId, source, wait) {
      const lane = lanes.get(connectionId);
      if (lane === undefined) return;
      lane[source] = wait;
      refresh();
    },
  };
}
