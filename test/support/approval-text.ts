/** A signed approval's first part with something else written into it, as a forger would do it. */
export function draftApproval(part: string, change: Readonly<Record<string, unknown>>): string {
  const at = part.lastIndexOf(":") + 1;
  const said = JSON.parse(Buffer.from(part.slice(at), "base64url").toString("utf8")) as object;
  return `${part.slice(0, at)}${Buffer.from(JSON.stringify({ ...said, ...change })).toString("base64url")}`;
}
