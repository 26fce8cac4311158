import { useMemo, useSyncExternalStore } from "react";

/** Where the window is: the path and its query, kept in the address's hash so that back and forward work. */
export interface Route {
  readonly path: string;
  readonly query: URLSearchParams;
}

function readHash(): string {
  return window.location.hash.slice(1) || "/";
}

function watchHash(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(watchHash, readHash);
  return useMemo(() => parseRoute(hash), [hash]);
}

export function getRoute(): Route {
  return parseRoute(readHash());
}

function parseRoute(hash: string): Route {
  const [path = "/", query = ""] = hash.split("?", 2);
  return { path, query: new URLSearchParams(query) };
}

/** Goes to a path. `replace` leaves no step in the history. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (readHash() === to) return;
  if (!options.replace) {
    window.location.hash = to;
    return;
  }
  window.history.replaceState(null, "", `#${to}`);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

/** The `href` of a path, for real links. */
export function hrefOf(to: string): string {
  return `#${to}`;
}
