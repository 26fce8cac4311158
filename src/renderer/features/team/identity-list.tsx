import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useId } from "react";
import { orpc } from "#renderer/api/client.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import type { Identity } from "#shared/domain/team.ts";
import { IdentityRow } from "./identity-row.tsx";
import { emptyIdentity, listWorkspaces } from "./identity-words.ts";
import { ListHeading } from "./list-heading.tsx";
import { insertItem, removeItem, replaceItem } from "./rules-draft.ts";

interface IdentityListProps {
  readonly identities: readonly Identity[];
  readonly problems: Readonly<Record<number, string>>;
  readonly onChange: (identities: Identity[]) => void;
}

/** A member's accounts: one a platform, or several where they are in several workspaces. */
export function IdentityList({ identities, problems, onChange }: IdentityListProps) {
  const headingId = useId();
  const connections = useQuery(orpc.connections.list.queryOptions());
  const workspaces = listWorkspaces(connections.data ?? [], identities);
  const add = (platform: Identity["platform"]) =>
    onChange(insertItem(identities, identities.length, emptyIdentity(platform)));
  return (
    <section aria-labelledby={headingId}>
      <ListHeading
        id={headingId}
        title="Accounts"
        hint="The user id is what counts; a username is enough to look it up."
        action={
          <Menu
            trigger={<Button icon={<Plus />}>Add an account</Button>}
            groups={[
              [
                { label: "Slack account", onSelect: () => add("slack") },
                { label: "Telegram account", onSelect: () => add("telegram") },
              ],
            ]}
          />
        }
      />
      {identities.length === 0 ? (
        <p className="rounded-md border border-dashed border-line-strong px-3 py-3 text-sm text-fg-muted">
          Without an account nobody can say whether this person is in a group.
        </p>
      ) : (
        <ul className="space-y-2">
          {identities.map((identity, at) => (
            <IdentityRow
              key={at}
              identity={identity}
              number={at + 1}
              workspaces={workspaces}
              error={problems[at]}
              onChange={(changed) => onChange(replaceItem(identities, at, changed))}
              onRemove={() => onChange(removeItem(identities, at))}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
