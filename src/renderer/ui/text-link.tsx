import type { ReactNode } from "react";
import { hrefOf } from "./router.ts";

/** A link to another screen inside text. */
export function TextLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <a
      href={hrefOf(to)}
      className="rounded-sm text-accent-fg underline decoration-transparent underline-offset-2 hover:decoration-current"
    >
      {children}
    </a>
  );
}
