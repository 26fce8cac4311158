/** One group that is to be called something else. `before` and `after` differ, and are names the platform allows. */
export interface NameChange {
  /** The group's key. */
  readonly id: string;
  readonly before: string;
  readonly after: string;
}

/** A change in its turn. A group that has to make room first has two of them. */
export interface OrderedChange extends NameChange {
  readonly stage: number;
  /** It only makes room; the group gets its own name in a later stage. */
  readonly isTemporary: boolean;
}

export interface RenameOrder {
  readonly changes: readonly OrderedChange[];
  /** Changes that cannot be made, because somebody else has the name, or would get it. */
  readonly collisions: readonly NameChange[];
}

/**
 * Puts name changes into an order in which every name is free when it is given. `taken` are the names of groups that
 * keep theirs. Two groups that want one name get neither; and who cannot move keeps a name that others may have wanted.
 *
 * Names that are handed on (`a → b → c`) begin at the free end. Names that go round (`a → b → a`) need a name in between,
 * which `nameBetween` makes of one for which no other is in use. Where the platform lets two groups share a name
 * (`nameBetween` null), all changes are made in stage 0; the names wanted are still to be different in the end.
 */
export function orderRenames(
  wanted: readonly NameChange[],
  taken: ReadonlySet<string>,
  nameBetween: ((name: string, isFree: (candidate: string) => boolean) => string) | null,
): RenameOrder {
  const collisions = findCollisions(wanted, taken);
  const possible = wanted.filter((change) => !collisions.has(change));
  if (nameBetween === null) {
    return {
      changes: possible.map((change) => ({ ...change, stage: 0, isTemporary: false })),
      collisions: [...collisions],
    };
  }
  const used = new Set([...taken, ...wanted.flatMap(({ before, after }) => [before, after])]);
  const changes: OrderedChange[] = [];
  for (const chain of chainsOf(possible)) {
    const [head] = chain.changes;
    if (head === undefined) continue;
    if (!chain.isRound) {
      chain.changes.forEach((change, stage) => changes.push({ ...change, stage, isTemporary: false }));
      continue;
    }
    // The last of the round has the name that the first one waits for: it steps aside, and comes back in the end.
    const aside = chain.changes.at(-1) ?? head;
    const between = nameBetween(aside.before, (candidate) => !used.has(candidate));
    used.add(between);
    changes.push({ ...aside, after: between, stage: 0, isTemporary: true });
    chain.changes.slice(0, -1).forEach((change, at) => {
      changes.push({ ...change, stage: at + 1, isTemporary: false });
    });
    changes.push({ ...aside, before: between, stage: chain.changes.length, isTemporary: false });
  }
  return {
    changes: changes.toSorted((left, right) => left.stage - right.stage),
    collisions: [...collisions],
  };
}

function findCollisions(wanted: readonly NameChange[], taken: ReadonlySet<string>): ReadonlySet<NameChange> {
  const wanting = Map.groupBy(wanted, ({ after }) => after);
  const collisions = new Set<NameChange>();
  const stuck: NameChange[] = [];
  const refuse = (change: NameChange): void => {
    if (collisions.has(change)) return;
    collisions.add(change);
    stuck.push(change);
  };
  for (const [name, changes] of wanting)
    if (changes.length > 1 || taken.has(name)) for (const change of changes) refuse(change);
  for (let change = stuck.pop(); change !== undefined; change = stuck.pop())
    for (const waiting of wanting.get(change.before) ?? []) refuse(waiting);
  return collisions;
}

/**
 * The changes as chains, each in the order in which its names become free: the first one's new name is free, or, where
 * the chain goes round, is what the last one has now.
 */
function chainsOf(
  changes: readonly NameChange[],
): { readonly changes: readonly NameChange[]; readonly isRound: boolean }[] {
  const byBefore = new Map(changes.map((change) => [change.before, change]));
  const byAfter = new Map(changes.map((change) => [change.after, change]));
  const placed = new Set<NameChange>();
  const follow = (first: NameChange): NameChange[] => {
    const chain: NameChange[] = [];
    for (
      let change: NameChange | undefined = first;
      change !== undefined && !placed.has(change);
      change = byAfter.get(change.before)
    ) {
      placed.add(change);
      chain.push(change);
    }
    return chain;
  };
  const open = changes
    .filter(({ after }) => !byBefore.has(after))
    .map((first) => ({ changes: follow(first), isRound: false }));
  const round = changes.flatMap((change) =>
    placed.has(change) ? [] : [{ changes: follow(change), isRound: true }],
  );
  return [...open, ...round];
}
