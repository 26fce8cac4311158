import type { ComponentProps } from "react";
import { controlStyle } from "./control-style.ts";

interface TextInputProps extends ComponentProps<"input"> {
  /** For ids, patterns and addresses, which are read letter by letter. */
  readonly isCode?: boolean;
}

/** A single line of text. */
export function TextInput({ isCode, className, ...rest }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={`${controlStyle} ${isCode ? "font-mono text-xs" : ""} ${className ?? ""}`}
    />
  );
}
