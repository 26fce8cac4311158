import { useEffect, useRef, useState } from "react";
import { client } from "#renderer/api/client.ts";
import { type ShownFailure, toFailure } from "#renderer/api/to-failure.ts";
import type { Connection } from "#shared/domain/connection.ts";

/** Where a sign-in through the browser stands. */
export type SignInState =
  | { readonly step: "idle" }
  | { readonly step: "starting" }
  | { readonly step: "browser-opened"; readonly url: string; readonly expiresAtMs: number }
  | { readonly step: "exchanging" }
  | { readonly step: "failed"; readonly failure: ShownFailure };

export interface BrowserSignIn {
  readonly state: SignInState;
  readonly start: (input: SignInInput) => void;
  /** Ends the attempt; also happens when the form goes away. */
  readonly cancel: () => void;
}

interface SignInInput {
  readonly clientId: string;
  readonly apiUrl: string | undefined;
  readonly authorizeUrl: string | undefined;
}

/** Follows one sign-in through the browser at a time. */
export function useBrowserSignIn(onConnected: (connection: Connection) => void): BrowserSignIn {
  const [state, setState] = useState<SignInState>({ step: "idle" });
  const attempt = useRef<AbortController | null>(null);
  useEffect(() => () => attempt.current?.abort(), []);

  const follow = async (input: SignInInput, signal: AbortSignal) => {
    setState({ step: "starting" });
    try {
      for await (const step of await client.connections.signInSlack(input, { signal })) {
        if (signal.aborted) return;
        if (step.step === "done") {
          setState({ step: "idle" });
          onConnected(step.connection);
          return;
        }
        setState(step);
        if (step.step === "failed") return;
      }
      if (!signal.aborted) setState({ step: "failed", failure: toFailure(new Error("ended early")) });
    } catch (error) {
      if (!signal.aborted) setState({ step: "failed", failure: toFailure(error) });
    }
  };

  return {
    state,
    start: (input) => {
      attempt.current?.abort();
      const controller = new AbortController();
      attempt.current = controller;
      void follow(input, controller.signal);
    },
    cancel: () => {
      attempt.current?.abort();
      setState({ step: "idle" });
    },
  };
}
