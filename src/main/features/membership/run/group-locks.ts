/** One after the other where two would look at and change the same thing; in the order they came. */
export interface GroupLocks {
  hold<Value>(key: string, action: () => Promise<Value>): Promise<Value>;
}

export function createGroupLocks(): GroupLocks {
  const last = new Map<string, Promise<unknown>>();
  return {
    async hold(key, action) {
      const before = last.get(key) ?? Promise.resolve();
      const turn = before.then(action, action);
      // Whoever comes next waits for this turn, however it ends.
      const over = turn.then(
        () => undefined,
        () => undefined,
      );
      last.set(key, over);
      try {
        return await turn;
      } finally {
        if (last.get(key) === over) last.delete(key);
      }
    },
  };
}
