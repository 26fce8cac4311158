import { useMemo, useState } from "react";
import { CommandDialog } from "#renderer/ui/command-dialog.tsx";
import { findCommands } from "./find-commands.ts";
import { useCommands } from "./use-commands.tsx";
import { openOverlay, useWindowState } from "./window-state.ts";

/** Everything that can be done or gone to, by name. */
export function CommandPalette() {
  const isOpen = useWindowState((state) => state.overlay === "palette");
  return isOpen ? <OpenPalette /> : null;
}

function OpenPalette() {
  const [search, setSearch] = useState("");
  const sources = useCommands();
  const groups = useMemo(() => findCommands(sources, search), [sources, search]);
  return (
    <CommandDialog
      label="Search and commands"
      placeholder="Go to a screen, group or run, or do something…"
      isOpen
      onOpenChange={() => openOverlay(null)}
      search={search}
      onSearchChange={setSearch}
      groups={groups}
    />
  );
}
