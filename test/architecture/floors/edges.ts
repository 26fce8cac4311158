import type { Import } from "./parse.ts";
import type { Target } from "./resolve.ts";
import type { Floor } from "./table.ts";
import {
  FEATURE_STOREYS,
  FLOORS,
  NAMEABLE_FROM_ITS_OWN_STOREY,
  PLATFORM_PACKAGES,
  POLICY_FILES,
} from "./table.ts";

/** The floor a file stands on, and its room there where the floor has rooms. */
export interface Place {
  readonly floor: Floor;
  readonly room: string | null;
}

export function findPlace(path: string): Place | null {
  for (const floor of FLOORS) {
    const match = floor.paths.exec(path);
    // Floors without rooms have groups of their own in the pattern; only `[^/]+` rooms count.
    if (match) return { floor, room: floor.paths.source.includes("([^/]+)") ? (match[1] ?? null) : null };
  }
  return null;
}

/** Why the import is not allowed, or null when it is. */
export function judgeImport(from: string, place: Place, each: Import, target: Target): string | null {
  const { floor } = place;
  if (target.kind === "missing") return `leads nowhere (imports name the file with its extension)`;
  if (POLICY_FILES.test(from) && !isPureTarget(from, target)) return "a policy file may import only shared";
  if (target.kind === "node") return floor.node ? null : `${floor.name} may not use Node's modules`;
  if (target.kind === "package") return judgePackage(place, target.name);
  return judgeFile(place, each, target.path);
}

function isPureTarget(from: string, target: Target): boolean {
  if (target.kind === "package") return target.name === "zod";
  if (target.kind !== "file") return false;
  if (target.path.startsWith("src/shared/")) return true;
  // A policy may be built of smaller policies of its own feature.
  return POLICY_FILES.test(target.path) && findPlace(from)?.room === findPlace(target.path)?.room;
}

function judgePackage({ floor, room }: Place, name: string): string | null {
  const own = floor.name === "main/platforms" ? (PLATFORM_PACKAGES[room ?? ""] ?? []) : [];
  const allowed = [...floor.packages, ...own].some((pattern) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
  return allowed ? null : `${floor.name}${room ? `/${room}` : ""} may not use the package ${name}`;
}

function judgeFile(from: Place, each: Import, path: string): string | null {
  const to = findPlace(path);
  if (to === null) return null; // Reported once, as a file without a floor.
  if (from.floor === to.floor && from.room === to.room) return null;

  const asDoor = `${to.floor.name}/door`;
  const plainly = from.floor.mayImport.includes(to.floor.name);
  if (!plainly && !from.floor.mayImport.includes(asDoor))
    return `${from.floor.name} may not import ${to.floor.name}`;
  if (!plainly && !to.floor.door?.test(path)) return `${to.floor.name} is entered by its door only`;
  if (from.floor.typesOnly && !each.typeOnly) return `${from.floor.name} may import types only`;
  if (from.floor.name === "main/features" && to.floor.name === "main/features") {
    return judgeStoreys(from.room ?? "", to.room ?? "", each.typeOnly);
  }
  return null;
}

function judgeStoreys(from: string, to: string, typeOnly: boolean): string | null {
  const [fromStorey, toStorey] = [from, to].map((room) =>
    FEATURE_STOREYS.findIndex((rooms) => rooms.includes(room)),
  );
  if (fromStorey === undefined || toStorey === undefined || fromStorey < 0 || toStorey < 0) {
    return `a feature without a storey: ${fromStorey === -1 ? from : to}`;
  }
  if (to === NAMEABLE_FROM_ITS_OWN_STOREY && typeOnly && toStorey === fromStorey) return null;
  return toStorey < fromStorey ? null : `the feature ${from} may not stand on ${to}`;
}
