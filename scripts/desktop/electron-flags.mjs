/**
 * Chromium switches that the machine makes necessary, never the product: Chromium refuses to sandbox its
 * renderers under root, and a display without a screen has no graphics card.
 */
export function electronFlags({ headless = false } = {}) {
  const flags = [];
  if (process.platform === "linux" && process.getuid?.() === 0) flags.push("--no-sandbox");
  if (headless) flags.push("--disable-gpu");
  return flags;
}
