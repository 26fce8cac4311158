import { ArrowRight, Plus, Replace, X } from "lucide-react";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { focusWhenEmpty } from "#renderer/ui/focus-on-mount.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { TextInput } from "#renderer/ui/text-input.tsx";
import type { DeprecatedTerm } from "#shared/domain/rules.ts";
import { insertItem, removeItem, replaceItem } from "./rules-draft.ts";
import { type RulesProblem, problemAt } from "./rules-problems.ts";
import { editRules } from "./use-rules-draft.ts";

interface DeprecatedTermsTabProps {
  readonly terms: readonly DeprecatedTerm[];
  readonly problems: readonly RulesProblem[];
}

/** Words that group names should no longer contain. */
export function DeprecatedTermsTab({ terms, problems }: DeprecatedTermsTabProps) {
  const edit = (change: (terms: readonly DeprecatedTerm[]) => DeprecatedTerm[]) =>
    editRules((rules) => ({ ...rules, deprecatedTerms: change(rules.deprecatedTerms) }));
  const add = () => edit((all) => insertItem(all, all.length, { term: "", replacement: "" }));
  const remove = (at: number, term: DeprecatedTerm) => {
    edit((all) => removeItem(all, at));
    showToast({
      tone: "neutral",
      message: `“${term.term || "Empty term"}” was removed from the draft.`,
      action: { label: "Undo", run: () => edit((all) => insertItem(all, at, term)) },
    });
  };
  const addButton = (
    <Button icon={<Plus />} onClick={add}>
      Add a term
    </Button>
  );
  if (terms.length === 0)
    return (
      <EmptyState icon={<Replace />} title="No deprecated terms" action={addButton}>
        A group whose name contains such a term, an old product name perhaps, becomes a finding with the new
        name beside it.
      </EmptyState>
    );
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-176 space-y-3 px-5 py-4">
        <p className="text-sm text-pretty text-fg-muted">
          Group names that contain a term on the left become findings; the replacement is what the name should
          say. Case does not matter.
        </p>
        <ul aria-label="Deprecated terms" className="space-y-2">
          {terms.map((term, at) => (
            <li key={at} className="flex items-start gap-2">
              <Field
                label={`Term ${at + 1}`}
                isLabelHidden
                error={problemAt(problems, `deprecatedTerms.${at}.term`)}
                className="flex-1"
              >
                {(control) => (
                  <TextInput
                    {...control}
                    value={term.term}
                    placeholder="Old term"
                    maxLength={100}
                    ref={focusWhenEmpty}
                    onChange={(event) =>
                      edit((all) => replaceItem(all, at, { ...term, term: event.target.value }))
                    }
                  />
                )}
              </Field>
              <ArrowRight aria-hidden="true" className="mt-2 size-3.5 shrink-0 text-fg-faint" />
              <Field label={`Replacement for term ${at + 1}`} isLabelHidden className="flex-1">
                {(control) => (
                  <TextInput
                    {...control}
                    value={term.replacement}
                    placeholder="Nothing: just remove it"
                    maxLength={100}
                    onChange={(event) =>
                      edit((all) => replaceItem(all, at, { ...term, replacement: event.target.value }))
                    }
                  />
                )}
              </Field>
              <IconButton
                label={`Remove ${term.term || `term ${at + 1}`}`}
                icon={<X />}
                onClick={() => remove(at, term)}
              />
            </li>
          ))}
        </ul>
        {addButton}
      </div>
    </div>
  );
}
