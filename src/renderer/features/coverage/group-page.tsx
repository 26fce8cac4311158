import { useQuery } from "@tanstack/react-query";
import type { GroupPage as Group } from "#shared/contract/coverage.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { formatRelative } from "#renderer/ui/format.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { AwaitedPage } from "./awaited-page.tsx";
import { ExclusionList } from "./exclusion-list.tsx";
import { FindingList } from "./finding-list.tsx";
import { GroupActions } from "./group-actions.tsx";
import { GroupFacts } from "./group-facts.tsx";
import { GroupHistory } from "./group-history.tsx";
import { GroupMembers } from "./group-members.tsx";
import { OpenGroupButtons } from "./open-group-buttons.tsx";

/** One group: who is asked for and there, what is wrong, and how it was in earlier runs. */
export function GroupPage({ groupKey }: { groupKey: GroupKey }) {
  const query = useQuery(orpc.coverage.getGroup.queryOptions({ input: { groupKey } }));
  return (
    <AwaitedPage title="Group" loading="Loading the group" query={query}>
      {(page) => <Shown page={page} />}
    </AwaitedPage>
  );
}

function Shown({ page }: { page: Group }) {
  const { group, findings } = page.row;
  const nowMs = useNow(MINUTE_MS);
  const people = [...page.people, ...page.alsoPresent];
  return (
    <Page
      title={group.name}
      subtitle={
        <span className="inline-flex items-center gap-1">
          <PlatformMark platform={group.platform} isNamed /> · {group.categoryName ?? "No category"} · as of{" "}
          <TextLink to={paths.run(page.run.runId)}>{formatRelative(page.run.atMs, nowMs)}</TextLink>
        </span>
      }
      actions={
        <>
          <LinkButton to={paths.coverage(page.run.runId, { groupKey: group.key })}>
            Show in the matrix
          </LinkButton>
          {page.canOpen ? <OpenGroupButtons group={group} /> : null}
          <GroupActions row={page.row} />
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {page.isGone ? (
          <Notice tone="warn" title="The last audit did not find this group any more.">
            It was deleted, renamed out of the customer groups, or is no longer shared with the account.
          </Notice>
        ) : null}
        {group.unreadable ? (
          <Notice tone="warn" title={group.unreadable.message}>
            {group.unreadable.todo}
          </Notice>
        ) : null}
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <GroupMembers page={page} />
            <GroupHistory history={page.history} />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <Section title="Findings">
              {findings.length === 0 ? (
                <p className="text-sm text-fg-muted">Nothing is wrong with this group.</p>
              ) : (
                <FindingList findings={findings} />
              )}
            </Section>
            <Section title="Facts">
              <GroupFacts group={group} />
            </Section>
            <ExclusionList
              exclusions={page.exclusions}
              aboutOf={({ personId }) => ({
                to: paths.person(personId),
                name: people.find((person) => person.personId === personId)?.name ?? personId,
              })}
            />
          </div>
        </div>
      </div>
    </Page>
  );
}
