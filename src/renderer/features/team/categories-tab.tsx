import { Shapes, Plus } from "lucide-react";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { Category, Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { CategoryEditor } from "./category-editor.tsx";
import { CategoryList } from "./category-list.tsx";
import { emptyCategory, insertItem, moveItem, removeItem, replaceItem } from "./rules-draft.ts";
import type { RulesProblem } from "./rules-problems.ts";
import { selectCategory, useRulesView } from "./rules-view.ts";
import { editRules } from "./use-rules-draft.ts";

interface CategoriesTabProps {
  readonly rules: Rules;
  readonly team: readonly TeamMember[];
  readonly problems: readonly RulesProblem[];
}

/** Kinds of groups in the order in which they are tried, and beside them the one being edited. */
export function CategoriesTab({ rules, team, problems }: CategoriesTabProps) {
  const { categories } = rules;
  const selectedId = useRulesView((view) => view.selectedCategoryId);
  const at = Math.max(
    0,
    categories.findIndex((category) => category.id === selectedId),
  );
  const selected = categories[at];

  const edit = (change: (categories: readonly Category[]) => Category[]) =>
    editRules((rules) => ({ ...rules, categories: change(rules.categories) }));
  const add = () => {
    const category = emptyCategory(crypto.randomUUID());
    edit((all) => insertItem(all, all.length, category));
    selectCategory(category.id);
  };
  const remove = (category: Category) => {
    edit((all) => removeItem(all, at));
    selectCategory((categories[at + 1] ?? categories[at - 1])?.id ?? null);
    showToast({
      tone: "neutral",
      message: `“${category.name || "Unnamed category"}” was removed from the draft.`,
      action: {
        label: "Undo",
        run: () => {
          edit((all) => insertItem(all, at, category));
          selectCategory(category.id);
        },
      },
    });
  };

  if (!selected)
    return (
      <EmptyState
        icon={<Shapes />}
        title="No categories yet"
        action={
          <Button variant="primary" icon={<Plus />} onClick={add}>
            Add a category
          </Button>
        }
      >
        A category is a kind of group, such as “BD customer”. It says how its groups are recognised, and who
        must be in them.
      </EmptyState>
    );
  return (
    <div className="flex h-full min-h-0 flex-col overflow-y-auto md:flex-row md:overflow-hidden">
      <CategoryList
        categories={categories}
        team={team}
        selectedAt={at}
        problems={problems}
        onSelect={(category) => selectCategory(category.id)}
        onMove={(from, to) => {
          edit((all) => moveItem(all, from, to));
          selectCategory(selected.id);
        }}
        onAdd={add}
      />
      <CategoryEditor
        key={selected.id}
        category={selected}
        at={at}
        rules={rules}
        team={team}
        problems={problems}
        onChange={(category) => edit((all) => replaceItem(all, at, category))}
        onRemove={() => remove(selected)}
      />
    </div>
  );
}
