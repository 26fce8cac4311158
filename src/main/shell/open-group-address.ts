/** What an address of a group may begin with: nothing else ever reaches the system, which would start any program. */
const GROUP_ADDRESSES: readonly string[] = [
  "https://app.slack.com/client/",
  "https://t.me/c/",
  "slack://channel?",
  "tg://privatepost?",
];

/** The system's way of opening an address; rejects where it has no program for it. */
export type OpenExternal = (address: string) => Promise<void>;

/**
 * Hands the address of a group to the system, for the browser or the platform's own program. False when the system could
 * not open it: it has no program for such addresses. Throws at an address that is not one of a group.
 */
export async function openGroupAddress(openExternal: OpenExternal, address: string): Promise<boolean> {
  if (!GROUP_ADDRESSES.some((beginning) => address.startsWith(beginning)))
    throw new Error(`refusing to open ${address.split(":", 1).join("")}: it is no address of a group`);
  try {
    await openExternal(address);
    return true;
  } catch {
    // The system says no more than that; the operator is offered the link instead.
    return false;
  }
}
