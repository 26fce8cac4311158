import { create } from "zustand";

export interface Toast {
  readonly id: string;
  readonly tone: "neutral" | "ok" | "danger";
  readonly message: string;
  /** What to do about it, or where it is. */
  readonly hint?: string | undefined;
  /** What it speaks of (a run, an exclusion): with that changed, `dismissToastsAbout` takes it back. */
  readonly about?: string | undefined;
  /** Undo, above all. `label` must make sense alone. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

interface ToastState {
  readonly toasts: readonly Toast[];
}

/** A few are enough to read; older ones make room. */
const MAX_TOASTS = 3;

export const useToasts = create<ToastState>(() => ({ toasts: [] }));

/** Says something in the corner of the window for some seconds; with an action, for longer. */
export function showToast(toast: Omit<Toast, "id">): void {
  const added = { ...toast, id: crypto.randomUUID() };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, added].slice(-MAX_TOASTS) }));
}

export function dismissToast(id: string): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Takes back what no longer holds: its action would fail, or do something else than its words say. */
export function dismissToastsAbout(about: string): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.about !== about) }));
}
