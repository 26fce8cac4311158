import { parseArgs } from "node:util";

/** How the window was asked to start. */
export interface LaunchFlags {
  /** Another data folder than the usual one. */
  readonly profile: string | undefined;
  /** `open`: this is a sandbox profile, connect to the simulated world at once; `ask`: the same, after a click. */
  readonly sandbox: "no" | "open" | "ask";
  /** Whether the simulated world enforces the platforms' limits. */
  readonly limits: "on" | "off";
}

/**
 * Reads the command line of the window. Chromium's own switches and whatever else is there are let pass.
 * `args` is without the executable.
 */
export function parseLaunchFlags(args: readonly string[]): LaunchFlags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profile: { type: "string" },
      sandbox: { type: "boolean" },
      "sandbox-ask": { type: "boolean" },
      limits: { type: "string" },
    },
    strict: false,
    allowPositionals: true,
  });
  return {
    profile: typeof values.profile === "string" && values.profile !== "" ? values.profile : undefined,
    sandbox: values["sandbox-ask"] === true ? "ask" : values.sandbox === true ? "open" : "no",
    limits: values.limits === "off" ? "off" : "on",
  };
}
