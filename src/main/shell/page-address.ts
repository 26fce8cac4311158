/** The renderer is served from a scheme of its own, so that it has a real origin and no file access. */
export const PAGE_SCHEME = "muster";
export const PAGE_ORIGIN = `${PAGE_SCHEME}://app`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** Is this address our page (whatever its fragment)? */
export function isOwnPage(address: string): boolean {
  return URL.canParse(address) && address.split(/[?#]/, 1)[0] === PAGE_URL;
}
