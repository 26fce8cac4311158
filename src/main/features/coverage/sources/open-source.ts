import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Platform } from "#shared/domain/ids.ts";
import { Defect } from "#shared/lib/assert.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import type { AuditedConnections } from "../audit/audit-deps.ts";
import type { CallAllowances } from "../policy/strategy-cost.ts";
import type { CoverageSource } from "./coverage-source.ts";
import { createSlackSource, SLACK_ALLOWANCES } from "./slack-source.ts";

/** Opens a connection as a source of coverage; fails as opening its session does. */
export async function openSource(
  connections: AuditedConnections,
  connection: Connection,
): Promise<Result<CoverageSource, Failure>> {
  switch (connection.platform) {
    case "slack": {
      const session = await connections.openSession(connection.id);
      return session.ok ? ok(createSlackSource(connection, session.value)) : session;
    }
    case "telegram":
      throw new Defect("no Telegram connection is auditable yet");
  }
}

/** The published limits of a platform, for estimates made before a source is opened. */
export function allowancesOf(platform: Platform): CallAllowances {
  switch (platform) {
    case "slack":
      return SLACK_ALLOWANCES;
    case "telegram":
      throw new Defect("no Telegram connection is auditable yet");
  }
}
