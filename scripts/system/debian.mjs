import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** True where packages are Debian's; elsewhere nothing is checked and nothing installed. */
export function isDebian() {
  return process.platform === "linux" && spawnSync("dpkg-query", ["--version"]).status === 0;
}

/** The groups of alternative names of which no name is installed. */
export function missingAmong(groups) {
  const { stdout } = spawnSync(
    "dpkg-query",
    ["-W", "-f", "${db:Status-Status} ${Package}\n", ...groups.flat()],
    {
      encoding: "utf8",
    },
  );
  const installed = new Set();
  for (const line of stdout.split("\n")) {
    const [status, name] = line.split(" ");
    if (status === "installed") installed.add(name);
  }
  return groups.filter((names) => !names.some((name) => installed.has(name)));
}

/** Of each group, the name that this release uses. */
export function chooseNames(groups) {
  return groups.map((names) => {
    if (names.length === 1) return names[0];
    return names.find(isInstallable) ?? (releaseNumber() >= 13 ? names[0] : names.at(-1));
  });
}

function isInstallable(name) {
  const { stdout } = spawnSync("apt-cache", ["policy", name], { encoding: "utf8" });
  const candidate = /Candidate: (.*)/.exec(stdout ?? "")?.[1];
  return candidate !== undefined && candidate !== "(none)";
}

// Package lists may not have been fetched yet: then the release decides.
function releaseNumber() {
  try {
    return Number(/^VERSION_ID="?(\d+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
