/** The parts of package-lock.json that licences are read from. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * The lockfile keys of the packages and of everything they need, found the way Node finds them: nested copies
 * first, then outwards. `replaced` packages are not followed: the build puts something else in their place.
 */
export function closureOf(
  lockfile: Lockfile,
  roots: Iterable<string>,
  replaced: ReadonlySet<string>,
): Set<string> {
  const found = new Set<string>();
  const pending = [...roots].map((name) => locate(lockfile, "", name));
  while (pending.length > 0) {
    const key = pending.pop();
    if (key === undefined || key === null || found.has(key)) continue;
    found.add(key);
    const { dependencies, optionalDependencies, peerDependencies } = lockfile.packages[key] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      // Types are erased; they never reach a bundle.
      if (!replaced.has(name) && !name.startsWith("@types/")) pending.push(locate(lockfile, key, name));
    }
  }
  return found;
}

function locate(lockfile: Lockfile, from: string, name: string): string | null {
  let folder = from;
  for (;;) {
    const key = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    const entry = lockfile.packages[key];
    // A package of this very repository is linked; what there is to know stands at its own folder.
    if (entry) return entry.link === true && entry.resolved !== undefined ? entry.resolved : key;
    if (folder === "") return null;
    const cut = folder.lastIndexOf("/node_modules/");
    folder = cut < 0 ? "" : folder.slice(0, cut);
  }
}
