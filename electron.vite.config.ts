import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

/** Entries of the main bundle. Each one becomes `out/main/<name>.js`. */
const mainEntries = {
  index: "src/main/index.ts",
  cli: "src/main/cli/index.ts",
  "report-worker": "src/main/features/coverage/report/report-worker.ts",
  "table-worker": "src/main/documents/table-worker.ts",
  "store-worker": "src/main/store/store-worker.ts",
  "keychain-host": "src/main/platforms/keychain/host/keychain-host.ts",
  sandbox: "src/sandbox/index.ts",
};

export default defineConfig({
  main: {
    resolve: { alias: { unzipper: join(import.meta.dirname, "scripts/build/no-unzipper.mjs") } },
    build: {
      sourcemap: true,
      rollupOptions: { input: mainEntries },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { index: "src/preload/index.ts" },
        // A sandboxed preload cannot be an ES module.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: "src/renderer",
    build: { minify: true, rollupOptions: { input: { index: "src/renderer/index.html" } } },
    plugins: [react(), tailwindcss()],
  },
});
