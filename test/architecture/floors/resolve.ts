import { posix } from "node:path";

/** Where an import leads: a file of ours, an npm package, a module of Node's, or nowhere. */
export type Target =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "node" }
  | { readonly kind: "missing" };

/** The `imports` of package.json that lead into `src/`. */
const SUBPATHS: Readonly<Record<string, string>> = {
  "#shared/": "src/shared/",
  "#main/": "src/main/",
  "#renderer/": "src/renderer/",
  "#sandbox/": "src/sandbox/",
};

/** Resolves as the bundler does: explicit extensions, package subpath imports, Vite's `?url` suffixes. */
export function resolveImport(from: string, specifier: string, exists: (path: string) => boolean): Target {
  const bare = specifier.replace(/\?.*$/, "");
  if (bare.startsWith("node:")) return { kind: "node" };
  if (bare.startsWith(".")) return file(posix.join(posix.dirname(from), bare), exists);
  for (const [prefix, folder] of Object.entries(SUBPATHS)) {
    if (bare.startsWith(prefix)) return file(folder + bare.slice(prefix.length), exists);
  }
  if (bare.startsWith("#")) return { kind: "missing" };
  const [first = "", second = ""] = bare.split("/");
  return { kind: "package", name: first.startsWith("@") ? `${first}/${second}` : first };
}

function file(path: string, exists: (path: string) => boolean): Target {
  return exists(path) ? { kind: "file", path } : { kind: "missing" };
}
