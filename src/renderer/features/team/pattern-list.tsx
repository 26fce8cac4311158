import { Plus, X } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { NamePattern } from "#shared/domain/rules.ts";
import { insertItem, removeItem } from "./rules-draft.ts";

interface PatternListProps {
  readonly title: string;
  readonly emptyText: string;
  readonly placeholder: string;
  readonly patterns: readonly string[];
  readonly onEdit: (change: (patterns: readonly string[]) => string[]) => void;
}

/** A list of name patterns; Enter adds what was written. */
export function PatternList({ title, emptyText, placeholder, patterns, onEdit }: PatternListProps) {
  const headingId = useId();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | undefined>();
  const add = (event: FormEvent) => {
    event.preventDefault();
    const parsed = NamePattern.safeParse(text);
    if (!parsed.success) return setProblem("Write a pattern first.");
    if (patterns.some((known) => known.toLocaleLowerCase() === parsed.data.toLocaleLowerCase()))
      return setProblem("This pattern is listed already.");
    onEdit((all) => insertItem(all, all.length, parsed.data));
    setText("");
    return setProblem(undefined);
  };
  const remove = (at: number, pattern: string) => {
    onEdit((all) => removeItem(all, at));
    showToast({
      tone: "neutral",
      message: `“${pattern}” was removed from the draft.`,
      action: { label: "Undo", run: () => onEdit((all) => insertItem(all, at, pattern)) },
    });
  };
  return (
    <section aria-labelledby={headingId} className="min-w-0">
      <h2 id={headingId} className="mb-2 text-sm font-semibold">
        {title}
      </h2>
      <div className="overflow-hidden rounded-lg border border-line bg-raised">
        {patterns.length === 0 ? (
          <p className="px-3 py-2.5 text-sm text-fg-muted">{emptyText}</p>
        ) : (
          <ul aria-labelledby={headingId}>
            {patterns.map((pattern, at) => (
              <li
                key={pattern}
                className="flex items-center gap-2 border-t border-line py-0.5 pr-1 pl-3 first:border-t-0"
              >
                <code className="min-w-0 flex-1 font-mono text-xs break-all">{pattern}</code>
                <IconButton label={`Remove ${pattern}`} icon={<X />} onClick={() => remove(at, pattern)} />
              </li>
            ))}
          </ul>
        )}
        <form noValidate onSubmit={add} className="flex items-start gap-2 border-t border-line bg-sunken p-2">
          <Field label={`Add a pattern: ${title}`} isLabelHidden error={problem} className="flex-1">
            {(control) => (
              <TextInput
                {...control}
                isCode
                value={text}
                placeholder={placeholder}
                maxLength={300}
                onChange={(event) => {
                  setText(event.target.value);
                  setProblem(undefined);
                }}
              />
            )}
          </Field>
          <Button type="submit" icon={<Plus />}>
            Add
          </Button>
        </form>
      </div>
    </section>
  );
}
