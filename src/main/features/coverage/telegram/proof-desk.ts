import { nextTurn } from "../audit/next-turn.ts";
import { chooseNext, type ChatToProve, type ProofKind } from "../policy/telegram-proof.ts";

/**
 * Groups of each kind of call at work at once: few, so that what is asked of a group is decided when it can be asked, by
 * what others left to do; about as many as the session makes at once.
 */
const AT_WORK: Readonly<Record<ProofKind, number>> = { facts: 4, roster: 2, person: 4 };

interface Waiting extends ChatToProve {
  readonly take: (kind: ProofKind) => void;
}

/** Where groups wait until a kind of call has room for them; see `chooseNext`. */
export interface ProofDesk {
  /** Resolves with the kind of call to make; rejects with the signal's reason. `leave` is called when it was made. */
  wait(chat: ChatToProve): Promise<ProofKind>;
  leave(kind: ProofKind): void;
}

export function createProofDesk(signal: AbortSignal): ProofDesk {
  const waiting = new Set<Waiting>();
  const atWork: Record<ProofKind, number> = { facts: 0, roster: 0, person: 0 };
  let arrivals = 0;
  let isSharing = false;

  function shareOut(): void {
    for (const kind of Object.keys(AT_WORK) as ProofKind[]) {
      while (atWork[kind] < AT_WORK[kind]) {
        const next = chooseNext(kind, [...waiting]);
        if (next === null) break;
        waiting.delete(next);
        atWork[kind] += 1;
        next.take(kind);
      }
    }
  }

  /** Once nobody else arrives: hundreds of groups begin in the same moment, and the first is not the best for a call. */
  async function shareOutSoon(): Promise<void> {
    if (isSharing) return;
    isSharing = true;
    for (let before = -1; before !== arrivals;) {
      before = arrivals;
      await nextTurn();
      await nextTurn();
    }
    isSharing = false;
    shareOut();
  }

  return {
    wait: (chat) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const giveUp = (): void => {
          waiting.delete(entry);
          reject(signal.reason as Error);
        };
        const entry: Waiting = {
          ...chat,
          take: (kind) => {
            signal.removeEventListener("abort", giveUp);
            resolve(kind);
          },
        };
        signal.addEventListener("abort", giveUp, { once: true });
        waiting.add(entry);
        arrivals += 1;
        void shareOutSoon();
      }),
    leave(kind) {
      atWork[kind] -= 1;
      void shareOutSoon();
    },
  };
}
