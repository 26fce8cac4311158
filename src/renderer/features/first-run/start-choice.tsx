import type { ReactNode } from "react";

interface StartChoiceProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  /** What to press. */
  readonly children: ReactNode;
}

/** One way to begin. */
export function StartChoice({ icon, title, text, children }: StartChoiceProps) {
  return (
    <section className="flex flex-col rounded-xl border border-line bg-raised p-5 shadow-panel">
      <div aria-hidden="true" className="text-fg-muted [&_svg]:size-5">
        {icon}
      </div>
      <h2 className="mt-3 text-base font-semibold">{title}</h2>
      <p className="mt-1 mb-5 text-sm text-pretty text-fg-muted">{text}</p>
      <div className="mt-auto flex flex-wrap gap-2">{children}</div>
    </section>
  );
}
