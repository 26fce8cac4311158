import { Eye, FolderPlus, PencilLine, UserMinus, UserPlus } from "lucide-react";
import { RadioGroup } from "radix-ui";
import type { ReactNode } from "react";
import type { DraftKind } from "./operation-draft.ts";

const KINDS: readonly { value: DraftKind; icon: ReactNode; title: string; explanation: string }[] = [
  { value: "add", icon: <UserPlus />, title: "Add people", explanation: "Put them into groups" },
  { value: "remove", icon: <UserMinus />, title: "Remove people", explanation: "Take them out of groups" },
  { value: "rename", icon: <PencilLine />, title: "Rename groups", explanation: "By a rule or a list" },
  { value: "history", icon: <Eye />, title: "Show the history", explanation: "To new Telegram members" },
  { value: "create", icon: <FolderPlus />, title: "Create groups", explanation: "From a template" },
];

/** What an operation changes, as a choice of one. */
export function KindCards({ value, onChange }: { value: DraftKind; onChange: (kind: DraftKind) => void }) {
  return (
    <RadioGroup.Root
      aria-label="What to change"
      orientation="horizontal"
      value={value}
      onValueChange={(next) => onChange(next as DraftKind)}
      className="grid gap-2 sm:grid-cols-3 xl:grid-cols-5"
    >
      {KINDS.map((kind) => (
        <RadioGroup.Item
          key={kind.value}
          value={kind.value}
          aria-label={`${kind.title}: ${kind.explanation}`}
          className="flex items-start gap-2.5 rounded-lg border border-line bg-raised px-3 py-2.5 text-left hover:border-line-strong data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span aria-hidden="true" className="mt-0.5 text-fg-muted [&_svg]:size-4">
            {kind.icon}
          </span>
          <span className="min-w-0">
            <span className="block text-sm font-medium">{kind.title}</span>
            <span className="block text-xs text-fg-muted">{kind.explanation}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
