import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Bookmark, Hash, Lock, MessagesSquare } from "lucide-react";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Destination } from "#shared/domain/telling.ts";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { CommandDialog, type CommandGroup } from "#renderer/ui/command-dialog.tsx";

/** More are found by typing. */
const SHOWN = 50;

const ICONS: Readonly<Record<Destination["kind"], typeof Hash>> = {
  "public-channel": Hash,
  "private-channel": Lock,
  group: MessagesSquare,
  "saved-messages": Bookmark,
};

interface DestinationPickerProps {
  readonly label: string;
  readonly connectionId: ConnectionId;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly onChoose: (destination: Destination) => void;
}

/** Every channel or group of a connection, by name or id. Asks the platform when it is opened, and not before. */
export function DestinationPicker(props: DestinationPickerProps) {
  const { label, connectionId, isOpen, onOpenChange, onChoose } = props;
  const [search, setSearch] = useState("");
  const found = useQuery(
    orpc.insights.listDestinations.queryOptions({
      input: { connectionId, search, cursor: null, limit: SHOWN },
      enabled: isOpen,
      placeholderData: keepPreviousData,
      retry: false,
    }),
  );
  const { items = [], total = null } = found.data ?? {};
  const failure = found.error && toFailure(found.error);
  return (
    <CommandDialog
      label={label}
      placeholder="Search by name or id"
      isOpen={isOpen}
      onOpenChange={(open) => {
        onOpenChange(open);
        if (!open) setSearch("");
      }}
      search={search}
      onSearchChange={setSearch}
      status={
        failure
          ? `${failure.message} ${failure.todo} An id can be written in the field all the same.`
          : found.isPending
            ? "Asking for the list…"
            : undefined
      }
      groups={failure ? [] : groupsOf(items, total, onChoose)}
    />
  );
}

function groupsOf(
  items: readonly Destination[],
  total: number | null,
  onChoose: (destination: Destination) => void,
): CommandGroup[] {
  // Said once, beside the first heading.
  const more = total !== null && total > items.length ? ` (${items.length} of ${total}; type to narrow)` : "";
  const part = (title: string, isCustomers: boolean): CommandGroup => ({
    title,
    items: items
      .filter((destination) => destination.isCustomers === isCustomers)
      .map((destination) => {
        const Icon = ICONS[destination.kind];
        return {
          id: destination.target,
          label: destination.name,
          detail: destination.kind === "saved-messages" ? undefined : destination.target,
          icon: <Icon aria-hidden="true" />,
          run: () => onChoose(destination),
        };
      }),
  });
  return [part("Your own", false), part("Customers': they read along", true)]
    .filter((group) => group.items.length > 0)
    .map((group, at) => (at === 0 ? { ...group, title: `${group.title}${more}` } : group));
}
