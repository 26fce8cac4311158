/** What was entered under a name, trimmed; undefined when left empty, so that an optional field is left out. */
export function textOf(data: FormData, name: string): string | undefined {
  const value = data.get(name);
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? undefined : text;
}
