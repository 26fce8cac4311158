import { create } from "zustand";
import { type HeldBy, ToastClock } from "./toast-clock.ts";

export interface Toast {
  readonly id: string;
  /** Counts up over the life of the window: which of two is the newer. */
  readonly number: number;
  readonly tone: "neutral" | "ok" | "danger";
  readonly message: string;
  /** What to do about it, or where it is. */
  readonly hint?: string | undefined;
  /**
   * What it speaks of (a run, an exclusion, the clipboard): a newer word on it takes its place, and with that changed
   * `dismissToastsAbout` takes it back.
   */
  readonly about?: string | undefined;
  /** Undo, above all. `label` must make sense alone. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

interface ToastState {
  /** Oldest first. */
  readonly toasts: readonly Toast[];
}

/** A few are enough to read; what is no error makes room. */
export const MOST_SHOWN = 3;
/** Errors wait for each other, but a window left alone over night does not gather them without end. */
const MOST_KEPT = 20;

/** Long enough to read a sentence, and twice that to reach for “Undo”. */
const SHOWN_MS = 5_000;
const SHOWN_AT_MOST_MS = 10_000;
/** Slow readers take in some fifteen letters a second. */
const MS_A_LETTER = 65;

export const useToasts = create<ToastState>(() => ({ toasts: [] }));

const clock = new ToastClock();
let shown = 0;

/**
 * Says something at the edge of the window, for as long as it takes to read: 5 seconds for a few words, up to 10 for
 * more of them or with an action. An error stays until it is dismissed. What says the same, or is about the same, is
 * replaced.
 */
export function showToast(toast: Omit<Toast, "id" | "number">): void {
  shown += 1;
  const added = { ...toast, id: crypto.randomUUID(), number: shown };
  const others = useToasts.getState().toasts.filter((other) => !isReplacedBy(other, added));
  setToasts(makeRoom([...others, added]));
  const forMs = shownForMs(added);
  if (forMs !== null) clock.start(added.id, forMs, () => dismissToast(added.id));
}

/** How long a toast is shown, in milliseconds; null for one that stays until it is dismissed. */
export function shownForMs({
  tone,
  message,
  hint = "",
  action,
}: Omit<Toast, "id" | "number">): number | null {
  if (tone === "danger") return null;
  if (action) return SHOWN_AT_MOST_MS;
  return Math.min(SHOWN_AT_MOST_MS, Math.max(SHOWN_MS, (message.length + hint.length) * MS_A_LETTER));
}

export function dismissToast(id: string): void {
  setToasts(useToasts.getState().toasts.filter((toast) => toast.id !== id));
}

export function dismissAllToasts(): void {
  setToasts([]);
}

/** Takes back what no longer holds: its action would fail, or do something else than its words say. */
export function dismissToastsAbout(about: string): void {
  setToasts(useToasts.getState().toasts.filter((toast) => toast.about !== about));
}

/** Nothing goes by itself from here on, until `releaseToasts`. */
export function holdToasts(by: HeldBy): void {
  clock.hold(by);
}

export function releaseToasts(by: HeldBy): void {
  clock.release(by);
}

function setToasts(toasts: readonly Toast[]): void {
  const kept = new Set(toasts.map(({ id }) => id));
  for (const { id } of useToasts.getState().toasts) if (!kept.has(id)) clock.stop(id);
  useToasts.setState({ toasts });
}

function isReplacedBy(toast: Toast, newer: Toast): boolean {
  if (toast.about !== undefined && toast.about === newer.about) return true;
  return toast.message === newer.message && toast.hint === newer.hint;
}

function makeRoom(toasts: readonly Toast[]): readonly Toast[] {
  const tooMany = toasts.length - MOST_SHOWN;
  const going = new Set(
    toasts
      .slice(0, -1)
      .filter(({ tone }) => tone !== "danger")
      .slice(0, Math.max(0, tooMany)),
  );
  return toasts.filter((toast) => !going.has(toast)).slice(-MOST_KEPT);
}
