import { session } from "electron";

/**
 * Fetch through Chromium's network (docs/decisions/0014): with the system's proxy settings, its automatic configuration
 * included, and the system's certificates, which Node's own fetch knows nothing of. In a session that lives in memory
 * and keeps neither cookies nor a cache. Only once Electron is ready.
 */
export function createSystemFetch(): typeof globalThis.fetch {
  const network = session.fromPartition("muster-network", { cache: false });
  return (input, init) =>
    network.fetch(input instanceof URL ? input.href : input, {
      ...init,
      credentials: "omit",
      cache: "no-store",
    });
}
