import { FileText } from "lucide-react";
import { useId, useState } from "react";

interface ChooseTextFileProps {
  readonly label: string;
  readonly accept: string;
  readonly onText: (text: string) => void;
}

/** A list of 20,000 groups takes less. */
const LARGEST_BYTES = 5_000_000;

/** Reads a text file that the operator chooses; nothing of it leaves the window but what is made of it. */
export function ChooseTextFile({ label, accept, onText }: ChooseTextFileProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (file.size > LARGEST_BYTES) {
      setProblem(`${file.name} is larger than a list of names can be.`);
      return;
    }
    try {
      onText(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()));
      setProblem(null);
    } catch {
      setProblem(`${file.name} could not be read as text (UTF-8).`);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label
        htmlFor={id}
        className="control inline-flex items-center gap-1.5 border border-line-strong bg-raised px-2.5 font-medium hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-focus"
      >
        <FileText aria-hidden="true" className="size-3.5" />
        {label}
        <input
          id={id}
          type="file"
          accept={accept}
          className="sr-only"
          onChange={(event) => {
            void read(event.target.files?.[0]);
            // The same file may be chosen again, after it was corrected.
            event.target.value = "";
          }}
        />
      </label>
      {problem ? (
        <p role="alert" className="text-xs text-danger-fg">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
