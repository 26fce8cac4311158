import type { World } from "#sandbox/world/model.ts";
import { NAMED_SHAPES } from "#sandbox/world/shapes.ts";
import { readWorldFile } from "#sandbox/world/world-file.ts";
import { generateWorld } from "#sandbox/world/world.ts";

/**
 * The world a command line names: `reference`, `small`, `huge`, or the path of a world file.
 * Throws `WorldFileError` when the file cannot be used.
 */
export function loadWorld(nameOrFile: string, seed: number): World {
  if (nameOrFile === "reference" || nameOrFile === "small" || nameOrFile === "huge") {
    return generateWorld(seed, nameOrFile, NAMED_SHAPES[nameOrFile]);
  }
  return readWorldFile(nameOrFile, seed);
}
