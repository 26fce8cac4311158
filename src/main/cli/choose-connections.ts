import type { Application } from "#main/compose.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { ConnectionId, Platform } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { AuditOptions } from "./audit-options.ts";

/** What the audit is about: the sandbox, which is started for it, or what is signed in. */
export async function chooseConnections(
  { connections }: Application,
  options: AuditOptions,
): Promise<Result<ConnectionId[], Failure>> {
  const isWanted = ({ platform }: { readonly platform: Platform }) =>
    options.slack !== true || platform === "slack";
  if (options.sandbox === true) {
    const opened = await connections.openSandbox({
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.world === undefined ? {} : { world: options.world }),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      // Nobody waits for a sign-in to what is not audited.
      platforms: (["slack", "telegram"] as const).filter((platform) => isWanted({ platform })),
    });
    if (!opened.ok) return opened;
  }
  const wanted = (await connections.list()).filter(
    (connection) => connection.isSandbox === (options.sandbox === true) && isWanted(connection),
  );
  return wanted.length === 0 ? err(failure("input/nothing-to-audit")) : ok(wanted.map(({ id }) => id));
}
