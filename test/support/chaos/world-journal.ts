import type { Sandbox } from "#sandbox/start-sandbox.ts";

/** One thing that changed in the world: who is in a group (`in`, `out`), or what it is called. */
export interface JournalEntry {
  /** `<platform> <group id> member <user id>` or `<platform> <group id> name`. */
  readonly target: string;
  readonly from: string;
  readonly to: string;
  /** Muster's own call, or somebody else. */
  readonly by: "us" | "others";
  /** How many calls had been made, and when, by the sandbox's clock. */
  readonly at: number;
  readonly atMs: number;
}

/** A reading of ours that told what a group is called; null where it may have told of any. */
export interface NameLook {
  readonly platform: "slack" | "telegram";
  readonly group: string | null;
  readonly at: number;
  readonly atMs: number;
}

/** A call of ours that changes something, and got no answer or an error. */
export interface OpenCall {
  readonly platform: "slack" | "telegram";
  readonly method: string;
  readonly group: string | null;
  readonly answer: string;
  readonly at: number;
}

/** Everything that happens in a sandbox, change by change, in its own words: the witness of a chaos run. */
export interface WorldJournal {
  readonly entries: readonly JournalEntry[];
  readonly openCalls: readonly OpenCall[];
  readonly looks: readonly NameLook[];
  readonly calls: number;
  /** How every target is now. */
  snapshot(): ReadonlyMap<string, string>;
  /** Runs what somebody else does, and writes it down as theirs. */
  asOthers(action: () => void): void;
  close(): void;
}

const TELLS_NAMES = new Set([
  "conversations.info",
  "conversations.list",
  "users.conversations",
  "channels.getChannels",
  "channels.getFullChannel",
  "messages.getChats",
  "messages.getFullChat",
  "messages.getDialogs",
]);

/** `onCall` is told after each call, when what it changed is written down. */
export function keepJournal({ control }: Sandbox, onCall: (calls: number) => void): WorldJournal {
  const entries: JournalEntry[] = [];
  const openCalls: OpenCall[] = [];
  const looks: NameLook[] = [];
  let calls = 0;
  let before = look();

  function look(): ReadonlyMap<string, string> {
    const seen = new Map<string, string>();
    for (const { platform, id, name, memberIds } of control.truth().groups) {
      seen.set(`${platform} ${id} name`, name);
      for (const userId of memberIds) seen.set(`${platform} ${id} member ${userId}`, "in");
    }
    return seen;
  }

  function write(by: JournalEntry["by"], atMs = Date.now()): void {
    const now = look();
    for (const target of new Set([...before.keys(), ...now.keys()])) {
      const [from, to] = [before.get(target) ?? "out", now.get(target) ?? "out"];
      if (from !== to) entries.push({ target, from, to, by, at: calls, atMs });
    }
    before = now;
  }

  const unwatch = control.watchCalls(({ platform, method, channel, status, error, fault, atMs }) => {
    calls += 1;
    write("us", atMs);
    if (status === 200 && error === null && TELLS_NAMES.has(method))
      looks.push({ platform: platform ?? "slack", group: channel, at: calls, atMs });
    if (status === 0 || fault !== null)
      openCalls.push({
        platform: platform ?? "slack",
        method,
        group: channel,
        answer: `${fault} ${error ?? status}`,
        at: calls,
      });
    onCall(calls);
  });
  return {
    entries,
    openCalls,
    looks,
    get calls() {
      return calls;
    },
    snapshot: look,
    asOthers(action) {
      write("us");
      action();
      write("others");
    },
    close: unwatch,
  };
}
