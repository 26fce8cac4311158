import { useState } from "react";
import type { FieldControl } from "#renderer/ui/field.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { parseLines } from "./rules-draft.ts";

interface LinesInputProps {
  readonly control: FieldControl;
  readonly lines: readonly string[];
  readonly onChange: (lines: string[]) => void;
}

/** A list written as one entry a line. What is typed stays as typed until the field is left. */
export function LinesInput({ control, lines, onChange }: LinesInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextArea
      {...control}
      isCode
      value={typed ?? lines.join("\n")}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(parseLines(event.target.value));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
