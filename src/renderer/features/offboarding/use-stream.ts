import { useCallback, useEffect, useRef, useState } from "react";
import { showFailure } from "#renderer/features/audit/screen.tsx";

interface Counted {
  readonly done: number;
  readonly total: number | null;
}

/** A look at the platforms that goes on: how far it is, and how to begin and end it. It ends with the screen. */
export interface StreamState<Step extends Counted> {
  readonly progress: Counted | null;
  /** Never rejects: what went wrong is said in the corner. Null when it was stopped or failed. */
  run(open: (signal: AbortSignal) => Promise<AsyncIterable<Step>>): Promise<Step | null>;
  stop(): void;
}

export function useStream<Step extends Counted>(): StreamState<Step> {
  const [progress, setProgress] = useState<Counted | null>(null);
  const current = useRef<AbortController | null>(null);
  const stop = useCallback(() => current.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const run = useCallback(async (open: (signal: AbortSignal) => Promise<AsyncIterable<Step>>) => {
    current.current?.abort();
    const abort = new AbortController();
    current.current = abort;
    setProgress({ done: 0, total: null });
    try {
      let last: Step | null = null;
      for await (const step of await open(abort.signal)) {
        last = step;
        setProgress({ done: step.done, total: step.total });
      }
      return abort.signal.aborted ? null : last;
    } catch (error) {
      if (!abort.signal.aborted) showFailure(error);
      return null;
    } finally {
      if (current.current === abort) setProgress(null);
    }
  }, []);
  return { progress, run, stop };
}
