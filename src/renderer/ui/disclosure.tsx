import { ChevronRight } from "lucide-react";
import { Collapsible } from "radix-ui";
import type { ReactNode } from "react";

interface DisclosureProps {
  readonly label: string;
  /** Beside the label, visible while closed too. */
  readonly aside?: ReactNode;
  readonly isInitiallyOpen?: boolean;
  readonly children: ReactNode;
}

/** Particulars that are there when wanted. */
export function Disclosure({ label, aside, isInitiallyOpen = false, children }: DisclosureProps) {
  return (
    <Collapsible.Root defaultOpen={isInitiallyOpen}>
      <Collapsible.Trigger className="group -ml-1 flex min-h-7 items-center gap-1 rounded px-1 text-sm text-fg-muted hover:text-fg">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 transition-transform group-data-[state=open]:rotate-90"
        />
        {label}
        {aside && <span className="ml-1.5 flex items-center gap-1.5">{aside}</span>}
      </Collapsible.Trigger>
      <Collapsible.Content className="pt-2">{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
