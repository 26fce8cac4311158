import { z } from "zod";

const Mapping = z.record(z.string(), z.string());

/** The names that a mapping `{"old": "new"}` gives, or what is wrong with its text, as a sentence. */
export function readMapping(
  text: string,
): { readonly names: { from: string; to: string }[] } | { readonly problem: string } {
  if (text.trim() === "") return { problem: "Paste a list of names, or choose a file." };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const where = error instanceof Error ? ` ${error.message}.` : "";
    return { problem: `This is not JSON.${where}` };
  }
  const mapping = Mapping.safeParse(parsed);
  if (!mapping.success) return { problem: 'Write it as {"old name": "new name"}, every name in quotes.' };
  const names = Object.entries(mapping.data)
    .filter(([from]) => from !== "")
    .map(([from, to]) => ({ from, to }));
  if (names.length === 0) return { problem: "The list names no group." };
  if (names.length > 5_000) return { problem: "The list names more than 5,000 groups; divide it." };
  return { names };
}
