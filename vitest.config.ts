import { defineConfig } from "vitest/config";

/** Every suite but the end-to-end one; run on the product's own runtime by scripts/test.mjs. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,mjs}"],
    exclude: ["test/e2e/**", "test/bench/**", "node_modules/**"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
