import type { PersonId, Platform } from "#shared/domain/ids.ts";
import { client } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { clearPick, type Look, useFind } from "./find-state.ts";

let running: AbortController | null = null;

/** Asks the platforms, and shows how it goes; a look that is still under way gives way to this one. Never rejects. */
export async function startLook(personId: PersonId | null, platforms: readonly Platform[]): Promise<void> {
  running?.abort();
  const stop = new AbortController();
  running = stop;
  clearPick();
  const begun: Look = {
    personId,
    platforms,
    state: "looking",
    done: 0,
    total: null,
    waits: [],
    groups: null,
    problems: [],
    failure: null,
    endedAtMs: null,
  };
  useFind.setState({ look: begun });
  const change = (part: Partial<Look>): void => {
    if (running === stop) useFind.setState(({ look }) => ({ look: { ...(look ?? begun), ...part } }));
  };
  try {
    const steps = await client.membership.find(
      { personId, platforms: [...platforms] },
      { signal: stop.signal },
    );
    let hasEnded = false;
    for await (const step of steps) {
      hasEnded ||= step.groups !== null;
      change(step);
    }
    change({ state: hasEnded ? "done" : "cancelled", waits: [], endedAtMs: Date.now() });
  } catch (error) {
    if (stop.signal.aborted) change({ state: "cancelled", waits: [] });
    else change({ state: "failed", waits: [], failure: toFailure(error) });
  }
}

/** Stops the look that is under way; what it learnt so far is not shown. */
export function cancelLook(): void {
  running?.abort();
  useFind.setState(({ look }) =>
    look?.state === "looking" ? { look: { ...look, state: "cancelled", waits: [] } } : {},
  );
}
