/**
 * A keychain's host that never answers, nor ends when it is asked to; but of its kind only the first is like that.
 * The later ones answer that nothing is there and that everything was done.
 */
import { existsSync, writeFileSync } from "node:fs";

const marker = `${process.env["XDG_RUNTIME_DIR"]}/a-host-hung-here`;
const isFirst = !existsSync(marker);
if (isFirst) {
  writeFileSync(marker, "");
  process.on("SIGTERM", () => undefined);
}
let kept: string | null = null;
process.on("message", (request: { id: number; ask: string; password?: string }) => {
  if (isFirst) return;
  if (request.ask === "set") kept = request.password ?? null;
  const value = request.ask === "get" ? kept : request.ask === "delete" ? true : null;
  process.send?.({ outcome: "done", id: request.id, value });
});
