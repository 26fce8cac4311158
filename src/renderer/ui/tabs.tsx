import type { ReactNode } from "react";
import { Tabs as RadixTabs } from "radix-ui";

export interface Tab {
  readonly value: string;
  readonly label: string;
  /** A count or a mark after the label. */
  readonly mark?: ReactNode;
  readonly content: ReactNode;
}

interface TabsProps {
  /** What the tabs divide. */
  readonly label: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly tabs: readonly Tab[];
  /** Classes of the row of tabs and of the panels, to line them up with the page around them. */
  readonly listClassName?: string;
  readonly panelClassName?: string;
  readonly className?: string;
}

/** Views of one thing, one at a time. Arrow keys move between the tabs. */
export function Tabs(props: TabsProps) {
  return (
    <RadixTabs.Root
      value={props.value}
      onValueChange={props.onValueChange}
      className={`flex min-h-0 flex-col ${props.className ?? ""}`}
    >
      <RadixTabs.List
        aria-label={props.label}
        className={`flex shrink-0 flex-wrap gap-x-5 border-b border-line ${props.listClassName ?? ""}`}
      >
        {props.tabs.map((tab) => (
          <RadixTabs.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent text-sm text-fg-muted hover:text-fg focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-fg"
          >
            {tab.label}
            {tab.mark}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {props.tabs.map((tab) => (
        <RadixTabs.Content
          key={tab.value}
          value={tab.value}
          // The panel itself is no stop of the Tab key: what is in it can be focused.
          tabIndex={-1}
          className={`min-h-0 flex-1 outline-none data-[state=inactive]:hidden ${props.panelClassName ?? ""}`}
        >
          {tab.content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
