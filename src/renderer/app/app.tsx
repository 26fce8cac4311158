import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { followChanges } from "#renderer/api/changes.ts";
import { queryClient } from "#renderer/api/client.ts";
import { ToastAnnouncer } from "#renderer/ui/toast-announcer.tsx";
import { ToastTray } from "#renderer/ui/toast-tray.tsx";
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
        <div className="flex h-full flex-col">
          <div className="min-h-0 flex-1">
            <Entrance />
          </div>
          <ToastTray place="window" className="border-t border-line bg-sunken p-2" />
        </div>
        <ToastAnnouncer />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
