/** Standard output and standard error as a whole: whether they took everything. */
export interface Outputs {
  /** Resolves once everything written so far has left this process, or nobody takes it any more. */
  flushed(): Promise<void>;
  /** What kept standard output from being written (a full disk); null when all is well. */
  problem(): Error | null;
  stopWatching(): void;
}

/**
 * Watches both streams. A reader that went away (`muster runs | head -1`) is no problem: what is left is dropped and
 * the command does its work to the end.
 */
export function watchOutputs(): Outputs {
  const streams = [process.stdout, process.stderr];
  let problem: Error | null = null;
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== "EPIPE") problem ??= error;
  };
  for (const stream of streams) stream.on("error", onError);
  return {
    async flushed() {
      await Promise.all(
        streams.map((stream) => new Promise<void>((resolve) => stream.write("", () => resolve()))),
      );
    },
    problem: () => problem,
    stopWatching() {
      for (const stream of streams) stream.off("error", onError);
    },
  };
}
