import { useQuery } from "@tanstack/react-query";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { changesSince } from "./changes-since.ts";

/** As in the list, so that it is asked once. */
const NEWEST = { cursor: null, limit: 20 };

/** Beside results of an audit: what was changed since is not among them. Nothing where nothing was. */
export function ChangedSince({ atMs }: { atMs: readonly number[] }) {
  const { data } = useQuery(orpc.membership.list.queryOptions({ input: NEWEST }));
  const changes = atMs.length === 0 ? 0 : changesSince(data?.items ?? [], Math.max(...atMs));
  if (changes === 0) return null;
  return (
    <Notice
      shape="bar"
      tone="info"
      title={`Operations made ${formatNoun(changes, "change")} since these results.`}
      action={<TextLink to={paths.operations()}>Operations</TextLink>}
    >
      The next audit shows how things are now.
    </Notice>
  );
}
