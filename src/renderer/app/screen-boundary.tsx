import { Component, type ReactNode } from "react";
import { toFailure } from "#renderer/api/to-failure.ts";
import { ErrorState } from "#renderer/ui/error-state.tsx";

interface ScreenBoundaryProps {
  /** A change of it clears the error: another screen deserves a fresh start. */
  resetKey: string;
  children: ReactNode;
}

interface BoundaryState {
  readonly error: unknown;
  readonly resetKey: string;
}

/** Keeps a defect of one screen from taking the window down. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { error };
  }

  static getDerivedStateFromProps(
    { resetKey }: ScreenBoundaryProps,
    state: BoundaryState,
  ): BoundaryState | null {
    return resetKey === state.resetKey ? null : { error: null, resetKey };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <ErrorState
        error={{ ...toFailure(this.state.error), message: "This screen met an internal error." }}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
