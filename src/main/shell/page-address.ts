import path from "node:path";

/** The renderer is served from a scheme of its own, so that it has a real origin and no file access. */
export const PAGE_SCHEME = "muster";
export const PAGE_ORIGIN = `${PAGE_SCHEME}://app`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** The page at one of its screens. */
export function pageAt(screen: string): string {
  return `${PAGE_URL}#${screen}`;
}

/** Is this address our page (whatever its fragment)? */
export function isOwnPage(address: string): boolean {
  return URL.canParse(address) && address.split(/[?#]/, 1)[0] === PAGE_URL;
}

/** The file below `folder` that an address of ours names; null for any other address, and for one that leaves it. */
export function findPageFile(folder: string, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, pathname } = new URL(address);
  // A scheme of our own has no `origin` in Node's eyes.
  if (`${protocol}//${host}` !== PAGE_ORIGIN) return null;
  const root = path.resolve(folder);
  const file = path.resolve(root, `.${decodePath(pathname)}`);
  return file.startsWith(root + path.sep) ? file : null;
}

/** Percent-encoding undone; a malformed one stands for itself and finds no file. */
function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
