/**
 * Debian packages by what they are needed for. An array names the same package under its names in
 * different releases, newest first: Debian 13 renamed several libraries with the suffix `t64`.
 */
const ELECTRON = [
  ["libgtk-3-0t64", "libgtk-3-0"],
  ["libnss3"],
  ["libasound2t64", "libasound2"],
  ["libgbm1"],
  ["libsecret-1-0"],
];

/** A display without a screen, a keychain without a desktop, and the glyphs that channel names use. */
const HEADLESS = [
  ["xvfb"],
  ["dbus"],
  ["gnome-keyring"],
  ["fonts-dejavu-core"],
  ["fonts-noto-core"],
  ["fonts-noto-color-emoji"],
];

/** The independent reader that the report is checked with. */
const REPORT_CHECK = [["libreoffice-calc-nogui"]];

/** @type {Record<"run" | "headless" | "test", string[][]>} */
export const PACKAGES = {
  run: ELECTRON,
  headless: [...ELECTRON, ...HEADLESS],
  test: [...ELECTRON, ...HEADLESS, ...REPORT_CHECK],
};
