import { platformOf } from "./platform-of.mjs";

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * The lockfile entries of optional platform binaries that are not in it, as `[key, entry]` pairs. npm leaves out
 * those that the registry it was asked did not have, and then `npm ci` refuses the lockfile.
 */
export function missingBinaries(lockfile) {
  const missing = new Map();
  for (const [key, parent] of Object.entries(lockfile.packages)) {
    for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      const found = locate(lockfile.packages, key, name);
      if (platform === null || !EXACT.test(range) || found?.version === range) continue;
      // A copy of another version outside: this one goes inside its parent, where Node finds it first.
      const folder = found === undefined && !missing.has(`node_modules/${name}`) ? "" : `${key}/`;
      missing.set(`${folder}node_modules/${name}`, {
        // In npm's own order, so that its next write makes no noise.
        version: range,
        cpu: platform.cpu,
        ...(parent.dev ? { dev: true } : {}),
        ...(platform.libc ? { libc: platform.libc } : {}),
        license: parent.license,
        optional: true,
        ...(platform.os ? { os: platform.os } : {}),
      });
    }
  }
  return missing;
}

function locate(packages, from, name) {
  for (let folder = from; ;) {
    const entry = packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`];
    if (entry !== undefined || folder === "") return entry;
    const cut = folder.lastIndexOf("/node_modules/");
    folder = cut < 0 ? "" : folder.slice(0, cut);
  }
}
