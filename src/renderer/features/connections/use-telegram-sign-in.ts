import { useEffect, useRef, useState } from "react";
import { client } from "#renderer/api/client.ts";
import { type ShownFailure, toFailure } from "#renderer/api/to-failure.ts";
import type { SignInId, TelegramSignInInput } from "#shared/contract/connections.ts";
import type { Connection, TelegramSignInStep } from "#shared/domain/connection.ts";
import { type FlowStage, stageBefore, stageOf } from "./telegram-flow.ts";

export interface TelegramSignIn {
  readonly stage: FlowStage;
  readonly isBusy: boolean;
  readonly failure: ShownFailure | null;
  readonly begin: (input: TelegramSignInInput) => void;
  readonly sendCode: (phone: string) => void;
  readonly resendCode: () => void;
  readonly submitCode: (code: string) => void;
  readonly submitPassword: (password: string) => void;
  readonly showQr: () => void;
  readonly back: () => void;
}

interface FlowState {
  readonly stage: FlowStage;
  readonly isBusy: boolean;
  readonly failure: ShownFailure | null;
}

const steps = client.connections.telegramSignIn;

/**
 * Leads through one sign-in at a time. What is typed goes straight to the main process and never into React state.
 * A sign-in that is left, by going back to its beginning or by closing the dialog, is cancelled.
 */
export function useTelegramSignIn(
  renew: Connection | null,
  onConnected: (connection: Connection) => void,
): TelegramSignIn {
  const [state, setState] = useState<FlowState>({
    stage: renew ? { at: "starting" } : { at: "app" },
    isBusy: renew !== null,
    failure: null,
  });
  const signInId = useRef<SignInId | null>(null);
  const watching = useRef<AbortController | null>(null);
  /** Counts what was begun and left, so that a late answer changes nothing. */
  const attempt = useRef(0);

  const leave = () => {
    attempt.current += 1;
    watching.current?.abort();
    if (signInId.current) cancel(signInId.current);
    signInId.current = null;
  };

  /** Makes one call; its answer counts unless something else was begun meanwhile. */
  const run = async (call: () => Promise<TelegramSignInStep>, onFailure?: FlowStage) => {
    attempt.current += 1;
    const mine = attempt.current;
    setState((now) => ({ ...now, isBusy: true, failure: null }));
    try {
      const step = await call();
      if (mine === attempt.current) arrive(step);
    } catch (error) {
      if (mine !== attempt.current) return;
      setState(({ stage }) => ({ stage: onFailure ?? stage, isBusy: false, failure: toFailure(error) }));
    }
  };

  const arrive = (step: TelegramSignInStep) => {
    const stage = stageOf(step);
    if (stage) setState({ stage, isBusy: false, failure: null });
    if (step.step !== "done") return;
    signInId.current = null;
    onConnected(step.connection);
  };

  const begin = (input: TelegramSignInInput) => {
    leave();
    const mine = attempt.current + 1;
    void run(
      async () => {
        const begun = await steps.begin(input);
        if (mine === attempt.current) signInId.current = begun.signInId;
        else cancel(begun.signInId);
        return begun.step;
      },
      { at: "app" },
    );
  };

  const follow = async (id: SignInId, signal: AbortSignal) => {
    setState({ stage: { at: "qr", shown: null }, isBusy: false, failure: null });
    const fail = (failure: ShownFailure) => {
      if (!signal.aborted) setState({ stage: { at: "qr", shown: null }, isBusy: false, failure });
    };
    try {
      for await (const step of await steps.watchQr({ signInId: id }, { signal })) {
        if (signal.aborted) return;
        if (step.step === "failed") return fail(step.failure);
        arrive(step);
        if (step.step !== "qr") return;
      }
      fail(toFailure(new Error("ended early")));
    } catch (error) {
      fail(toFailure(error));
    }
  };

  const known = renew?.id;
  useEffect(() => {
    if (known) begin({ app: "known", connectionId: known });
    return leave;
    // The dialog is mounted for one connection and goes away with it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [known]);

  /** A call of the sign-in under way. */
  const ask = (call: (id: SignInId) => Promise<TelegramSignInStep>) => {
    const id = signInId.current;
    if (id) void run(() => call(id));
  };

  return {
    ...state,
    begin,
    sendCode: (phone) => ask((id) => steps.sendCode({ signInId: id, phone })),
    resendCode: () => ask((id) => steps.resendCode({ signInId: id })),
    submitCode: (code) => ask((id) => steps.submitCode({ signInId: id, code })),
    submitPassword: (password) => ask((id) => steps.submitPassword({ signInId: id, password })),
    showQr: () => {
      const id = signInId.current;
      if (!id) return;
      attempt.current += 1;
      watching.current?.abort();
      watching.current = new AbortController();
      void follow(id, watching.current.signal);
    },
    back: () => {
      const stage = stageBefore(state.stage);
      if (!stage) return;
      if (stage.at === "app") leave();
      attempt.current += 1;
      watching.current?.abort();
      setState({ stage, isBusy: false, failure: null });
    },
  };
}

/** Nobody waits for it, and one that has ended already is not worth a word. */
function cancel(signInId: SignInId): void {
  steps.cancel({ signInId }).catch(() => undefined);
}
