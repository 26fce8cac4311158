import { useQuery } from "@tanstack/react-query";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { FirstRunScreen } from "#renderer/features/first-run/screen.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { Bars } from "./bars.tsx";
import { ScreenBoundary } from "./screen-boundary.tsx";
import { Shell } from "./shell.tsx";
import { useAppearance } from "./use-appearance.ts";

/** Decides what the window opens with: the first-run screen while nothing is connected, else the shell. */
export function Entrance() {
  useAppearance();
  const info = useQuery(orpc.app.info.queryOptions());
  const connections = useQuery(orpc.connections.list.queryOptions());
  const error = info.error ?? connections.error;
  if (error && !(info.data && connections.data)) {
    const retry = (): void => {
      void info.refetch();
      void connections.refetch();
    };
    return (
      <main className="h-full">
        <ErrorState error={toFailure(error)} onRetry={retry} />
      </main>
    );
  }
  if (!info.data || !connections.data) {
    return (
      <main className="h-full" aria-busy="true">
        <h1 className="sr-only">Muster is starting</h1>
      </main>
    );
  }
  if (connections.data.length === 0) {
    return (
      <div className="flex h-full flex-col">
        <Bars isSandbox={info.data.isSandbox} connections={[]} />
        <main className="min-h-0 flex-1 overflow-y-auto">
          <ScreenBoundary resetKey="first-run">
            <FirstRunScreen />
          </ScreenBoundary>
        </main>
      </div>
    );
  }
  return <Shell info={info.data} connections={connections.data} />;
}
