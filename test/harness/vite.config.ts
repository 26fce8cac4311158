import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const ROOT = resolve(import.meta.dirname, "../..");

/**
 * Builds the real renderer against the imagined main process of this folder, into artifacts/harness/<flavour>.
 * `HARNESS_OUT` names another folder, so that two people can build at once.
 */
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
  plugins: [react(), tailwindcss()],
});
