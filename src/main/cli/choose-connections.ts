import type { Application } from "#main/compose.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { type AuditOptions, wantedPlatforms } from "./audit-options.ts";

/** What the audit is about: the sandbox, which is started for it, or what is signed in. */
export async function chooseConnections(
  { connections }: Application,
  options: AuditOptions,
): Promise<Result<ConnectionId[], Failure>> {
  const platforms = wantedPlatforms(options);
  if (options.sandbox === true) {
    const opened = await connections.openSandbox({
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.world === undefined ? {} : { world: options.world }),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      // Nobody waits for a sign-in to what is not audited.
      platforms,
    });
    if (!opened.ok) return opened;
  }
  const wanted = (await connections.list()).filter(
    ({ isSandbox, platform }) => isSandbox === (options.sandbox === true) && platforms.includes(platform),
  );
  return wanted.length === 0 ? err(failure("input/nothing-to-audit")) : ok(wanted.map(({ id }) => id));
}
