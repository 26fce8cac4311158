import { ClipboardCopy, Download, FileJson, FileSpreadsheet } from "lucide-react";
import type { PersonId } from "#shared/domain/ids.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import { Button } from "#renderer/ui/button.tsx";
import { copyAndTell } from "#renderer/ui/copy-and-tell.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { Menu } from "#renderer/ui/menu.tsx";
import { exportFound } from "./export-found.ts";
import { foundCsv } from "./found-csv.ts";

interface FoundMenuProps {
  readonly personId: PersonId | null;
  readonly shown: readonly FoundGroup[];
}

/** Takes what was found out: all of it as a file, or what is in sight to the clipboard. */
export function FoundMenu({ personId, shown }: FoundMenuProps) {
  const copy = (): void =>
    copyAndTell(foundCsv(shown, personId !== null), {
      done: `${formatNoun(shown.length, "row")} copied as CSV.`,
      otherwise: "Export it as Excel instead.",
    });
  return (
    <Menu
      trigger={<Button icon={<Download />}>Export</Button>}
      groups={[
        [
          { label: "Excel…", icon: <FileSpreadsheet />, onSelect: () => void exportFound(personId, "xlsx") },
          { label: "JSON…", icon: <FileJson />, onSelect: () => void exportFound(personId, "json") },
        ],
        [{ label: "Copy visible rows as CSV", icon: <ClipboardCopy />, onSelect: copy }],
      ]}
    />
  );
}
