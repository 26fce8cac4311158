import { Component, type ReactNode } from "react";
import { toFailure } from "#renderer/api/to-failure.ts";
import { ErrorState } from "#renderer/ui/error-state.tsx";

interface ScreenBoundaryProps {
  /** A change of it clears the error: another screen deserves a fresh start. */
  resetKey: string;
  children: ReactNode;
}

/** Keeps a defect of one screen from taking the window down. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidUpdate(previous: ScreenBoundaryProps): void {
    if (previous.resetKey !== this.props.resetKey && this.state.error !== null)
      this.setState({ error: null });
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
