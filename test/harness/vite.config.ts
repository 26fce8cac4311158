import { existsSync } from "node:fs";
import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const ROOT = resolve(import.meta.dirname, "../..");

/**
 * Builds the real renderer against the imagined main process of this folder, into artifacts/harness/<flavour>.
 * `HARNESS_OUT` names another folder, so that two people can build at once.
 */
// eslint-disable-next-line import/no-default-export -- Vite reads the default export.
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  build: {
    outDir: resolve(ROOT, process.env["HARNESS_OUT"] ?? "artifacts/harness"),
    emptyOutDir: true,
    minify: false,
    // One window loads it from disk.
    chunkSizeWarningLimit: 10_000,
  },
  plugins: [missingScreens(), react(), tailwindcss()],
});

/** While the house is being built: a screen that does not exist yet is a page that says so. */
function missingScreens() {
  return {
    name: "missing-screens",
    enforce: "pre" as const,
    resolveId(id: string) {
      const found = /^#renderer\/features\/([a-z-]+)\/screen\.tsx$/.exec(id);
      if (!found || existsSync(resolve(ROOT, `src/renderer/features/${found[1]}/screen.tsx`)))
        return undefined;
      return `\0missing-screen:${found[1]}`;
    },
    load(id: string) {
      if (!id.startsWith("\0missing-screen:")) return undefined;
      const feature = id.slice("\0missing-screen:".length);
      const name = feature.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase());
      return `export function ${name}Screen() { return "${name}: not built yet"; }`;
    },
  };
}
