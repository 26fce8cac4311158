import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { copyText } from "./copy-text.ts";
import { showToast } from "./show-toast.ts";

const CONFIRMED_MS = 2_000;

/** Copies a text, and says so where the operator is looking. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setIsCopied(false), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    if (copyText(text)) {
      setIsCopied(true);
      return;
    }
    showToast({
      tone: "danger",
      message: "The clipboard refused the text.",
      hint: "Select it and copy it by hand.",
    });
  };
  return (
    <Button icon={isCopied ? <Check /> : <Copy />} onClick={copy}>
      <span aria-live="polite">{isCopied ? "Copied" : label}</span>
    </Button>
  );
}
