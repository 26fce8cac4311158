import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import pino from "pino";
import { type Log, silentLog } from "#shared/lib/log.ts";
import { redact } from "./redact.ts";

const largestFileBytes = 5 * 1024 * 1024;

/**
 * Writes JSON lines to `<folder>/muster.log`, redacted; the previous file is kept as `muster.1.log` once it is past
 * 5 MB. A log that cannot be written is given up silently: it must never stop the work it describes.
 */
export function openFileLog(folder: string, level: "debug" | "info"): Log {
  const file = path.join(folder, "muster.log");
  try {
    mkdirSync(folder, { recursive: true });
    if (existsSync(file) && statSync(file).size > largestFileBytes)
      renameSync(file, path.join(folder, "muster.1.log"));
  } catch {
    // A read-only or full folder: opening the file below tells whether it can be written all the same.
  }
  const destination = openDestination(file);
  if (destination === null) return silentLog;
  destination.on("error", () => {});
  const logger = pino({ level, base: { pid: process.pid } }, destination);
  return fromPino(logger);
}

/** Null where the file cannot be opened: a read-only folder, or something else in its place. */
function openDestination(file: string): ReturnType<typeof pino.destination> | null {
  try {
    return pino.destination({ dest: file, sync: true, mkdir: false });
  } catch {
    return null;
  }
}

function fromPino(logger: pino.Logger): Log {
  function line(write: (fields: object, event: string) => void) {
    return (event: string, fields: Record<string, unknown> = {}) => write(redact(fields) as object, event);
  }
  return {
    debug: line((fields, event) => logger.debug(fields, event)),
    info: line((fields, event) => logger.info(fields, event)),
    warn: line((fields, event) => logger.warn(fields, event)),
    error: line((fields, event) => logger.error(fields, event)),
  };
}
