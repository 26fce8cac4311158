/**
 * The environment for a child that runs or looks for Electron.
 *
 * ELECTRON_OVERRIDE_DIST_PATH serves the `electron` package (and through it Playwright);
 * ELECTRON_EXEC_PATH and ELECTRON_MAJOR_VER serve electron-vite.
 *
 * @param {import("./resolve.mjs").Runtime} runtime
 */
export function environmentFor(runtime, base = process.env) {
  const environment = {
    ...base,
    ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
    ELECTRON_EXEC_PATH: runtime.executable,
    ELECTRON_MAJOR_VER: runtime.version.split(".")[0],
  };
  // Inherited from an editor's terminal it would turn the window into a bare Node.
  delete environment.ELECTRON_RUN_AS_NODE;
  return environment;
}

/** The same, for a child that uses Electron as its Node: tests, the command line, benches. */
export function nodeEnvironmentFor(runtime, base = process.env) {
  return { ...environmentFor(runtime, base), ELECTRON_RUN_AS_NODE: "1" };
}
