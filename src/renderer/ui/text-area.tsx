import type { ComponentProps } from "react";
import { controlStyle } from "./control-style.ts";

interface TextAreaProps extends ComponentProps<"textarea"> {
  readonly isCode?: boolean;
}

/** Several lines of text; grows with what is in it, up to a third of the window. */
export function TextArea({ isCode, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      rows={3}
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={`${controlStyle} field-sizing-content h-auto! max-h-[33dvh] min-h-16 resize-y py-1.5 leading-5 ${isCode ? "font-mono text-xs" : ""} ${className ?? ""}`}
    />
  );
}
