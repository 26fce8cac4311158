import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { followChanges } from "#renderer/api/changes.ts";
import { queryClient } from "#renderer/api/client.ts";
import { Toaster } from "#renderer/ui/toast.tsx";
import { TooltipProvider } from "#renderer/ui/tooltip.tsx";
import { Entrance } from "./entrance.tsx";

/** The whole window. */
export function App() {
  useEffect(() => {
    const leaving = new AbortController();
    void followChanges(leaving.signal);
    return () => leaving.abort();
  }, []);
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <Entrance />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
