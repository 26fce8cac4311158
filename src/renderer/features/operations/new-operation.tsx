import { useMutation, useQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { client, orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { navigate } from "#renderer/ui/router.ts";
import { Section } from "#renderer/ui/section.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { CreateFields } from "./create-fields.tsx";
import { type DraftResult, requestOf } from "./draft-request.ts";
import { sizeWords } from "./draft-size.ts";
import { GroupsChoiceFields } from "./groups-choice.tsx";
import { KindCards } from "./kind-cards.tsx";
import { changeDraft, clearDraft, useOperationDraft } from "./operation-draft.ts";
import { PeopleChoiceFields } from "./people-choice.tsx";
import { PlatformChoice } from "./platform-choice.tsx";
import { RenameFields } from "./rename-fields.tsx";
import { RenamePreviewList } from "./rename-preview-list.tsx";
import { useKnownGroups } from "./use-known-groups.ts";

const WHICH = [
  { value: "gap", label: "Where they are required and missing" },
  { value: "gap-optional", label: "Where they are missing, optional too" },
  { value: "cross", label: "Everyone in every group" },
] as const;

/** What to change, for whom and where; it leads to a plan, and changes nothing. */
export function NewOperation() {
  const draft = useOperationDraft();
  const known = useKnownGroups();
  const { data: team } = useQuery(orpc.team.get.queryOptions());
  const nothingKnown = draft.kind !== "create" && !known.isLoading && known.groups.length === 0;
  const asked: DraftResult = nothingKnown
    ? {
        missing:
          known.error === null
            ? "No group is known yet: an audit has to look first."
            : "The groups could not be read.",
      }
    : requestOf(draft);
  const plan = useMutation({
    mutationFn: () => {
      if ("missing" in asked) throw new Error(asked.missing);
      return client.membership.plan(asked.request);
    },
    onSuccess: ({ operationId }) => {
      clearDraft();
      navigate(paths.operation(operationId));
    },
  });
  const { kind } = draft;
  const isMembership = kind === "add" || kind === "remove";
  const hasPeople = isMembership || kind === "create";
  return (
    <Page
      title="New operation"
      subtitle={<TextLink to={paths.operations()}>All operations</TextLink>}
      layout="fill"
    >
      <form
        aria-label="New operation"
        className="flex h-full min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if ("request" in asked) plan.mutate();
        }}
      >
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="mx-auto max-w-288 space-y-4 p-5">
            {plan.error ? <ErrorNotice error={toFailure(plan.error)} /> : null}
            <KindCards value={kind} onChange={(next) => changeDraft({ kind: next })} />
            {kind === "create" ? (
              <Section title="The new groups">
                <CreateFields />
              </Section>
            ) : null}
            {hasPeople ? (
              <Section title={kind === "create" ? "Members" : "Who"}>
                <PeopleChoiceFields />
              </Section>
            ) : null}
            {kind === "rename" ? (
              <div className="grid gap-4 lg:grid-cols-2">
                <Section title="New names">
                  <RenameFields />
                </Section>
                <RenamePreviewList />
              </div>
            ) : null}
            {kind === "history" ? (
              <Section title="What new members see">
                <RadioGroup
                  label="What new members see"
                  value={draft.isVisible ? "show" : "hide"}
                  onValueChange={(value) => changeDraft({ isVisible: value === "show" })}
                  options={[
                    { value: "show", label: "Everything written before they came" },
                    { value: "hide", label: "Nothing of it" },
                  ]}
                />
              </Section>
            ) : null}
            {kind === "create" ? null : (
              <Section title="Where" aside={kind === "history" ? "Telegram only" : undefined}>
                <div className="space-y-3">
                  {kind === "history" ? null : <PlatformChoice />}
                  <GroupsChoiceFields known={known} />
                  {kind === "add" ? (
                    <div className="space-y-1.5 border-t border-line pt-3">
                      <RadioGroup
                        label="Which memberships"
                        value={draft.which}
                        onValueChange={(which) => changeDraft({ which })}
                        options={WHICH}
                      />
                      <p className="text-xs text-fg-muted">
                        {draft.which === "cross"
                          ? "Whoever is in a group already is left as they are."
                          : "The gaps of the last audit; excluded ones stay as they are."}
                      </p>
                    </div>
                  ) : null}
                </div>
              </Section>
            )}
          </div>
        </div>
        <footer className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-5 py-2.5">
          <p role="status" className="min-w-0 flex-1 text-sm text-fg-muted">
            {"missing" in asked
              ? asked.missing
              : `${sizeWords(draft, team?.team ?? [], known.groups)}. You see every change before it is made.`}
          </p>
          <Button
            type="submit"
            variant="primary"
            icon={<ListChecks />}
            isBusy={plan.isPending}
            disabled={"missing" in asked}
          >
            Make the plan
          </Button>
        </footer>
      </form>
    </Page>
  );
}
