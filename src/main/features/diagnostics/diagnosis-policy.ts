import type { DoctorCheck } from "#shared/contract/app.ts";
import type { Failure } from "#shared/domain/failure.ts";

/** Servers date their answers in whole seconds, and an answer takes a moment: less than this proves nothing. */
const tolerableSkewMs = 120_000;

/** Compares our clock with a server's; null when no server told the time. */
export function decideClockCheck(times: { serverMs: number; localMs: number } | null): DoctorCheck {
  if (!times) {
    return {
      id: "clock",
      ok: false,
      finding: "No server could be asked for the time.",
      todo: "Run this again once the network check is ok.",
    };
  }
  const skewMs = times.localMs - times.serverMs;
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (Math.abs(skewMs) <= tolerableSkewMs) {
    return {
      id: "clock",
      ok: true,
      finding: `Within ${Math.max(seconds, 1)} s of the server's clock.`,
      todo: null,
    };
  }
  return {
    id: "clock",
    ok: false,
    finding: `The clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} the server's.`,
    todo: "Switch on automatic time in the system settings; schedules and expiry dates follow this clock.",
  };
}

export function describeFailure(id: DoctorCheck["id"], failure: Failure): DoctorCheck {
  return { id, ok: false, finding: `${failure.message} [${failure.code}]`, todo: failure.todo };
}

export function describeDatabase(facts: { folder: string; bytes: number }): DoctorCheck {
  const megabytes = (facts.bytes / 1_048_576).toFixed(1);
  return { id: "database", ok: true, finding: `Intact, ${megabytes} MB in ${facts.folder}.`, todo: null };
}
