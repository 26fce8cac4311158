import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** Our own version, read from the package.json that was shipped beside the main bundle in `bundleFolder`. */
export function readVersion(bundleFolder: string): string {
  const text = readFileSync(path.join(bundleFolder, "../../package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
