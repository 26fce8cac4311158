import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { ScriptFailure } from "../process/failure.mjs";

const OFF = ["RunAsNode", "EnableNodeOptionsEnvironmentVariable", "GrantFileProtocolExtraPrivileges"];
const ON = ["OnlyLoadAppFromAsar", "EnableCookieEncryption", "EnableEmbeddedAsarIntegrityValidation"];

/**
 * Reads the fuses back from the finished binary: a misspelt key in the configuration would otherwise ship an
 * application that runs any script handed to it. `mayInspect` is for the build that Playwright drives.
 */
export async function verifyFuses(folder, executableName, { mayInspect }) {
  const binary = findBinary(folder, executableName);
  const wire = await getCurrentFuseWire(binary);
  const off = mayInspect ? OFF : [...OFF, "EnableNodeCliInspectArguments"];
  const wrong = [
    ...off
      .filter((fuse) => wire[FuseV1Options[fuse]] !== FuseState.DISABLE)
      .map((fuse) => `${fuse} should be off`),
    ...ON.filter((fuse) => wire[FuseV1Options[fuse]] !== FuseState.ENABLE).map(
      (fuse) => `${fuse} should be on`,
    ),
  ];
  if (wrong.length > 0) throw new ScriptFailure(`the packaged binary's fuses are wrong: ${wrong.join(", ")}`);
  return binary;
}

function findBinary(folder, executableName) {
  const candidates = readdirSync(folder).flatMap((entry) => [
    join(folder, entry, executableName),
    join(folder, entry, `${executableName}.exe`),
    join(folder, entry, `${executableName}.app`),
  ]);
  const binary = candidates.find((candidate) => existsSync(candidate));
  if (!binary) throw new ScriptFailure(`no packaged application was found in ${folder}`);
  return binary;
}
