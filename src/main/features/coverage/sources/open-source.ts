import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import type { AuditedConnections } from "../audit/audit-deps.ts";
import type { CoverageSource } from "./coverage-source.ts";
import { createSlackSource } from "./slack-source.ts";
import { createTelegramSource } from "./telegram-source.ts";

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
    case "telegram": {
      const session = await connections.openTelegramSession(connection.id);
      return session.ok ? ok(createTelegramSource(connection, session.value)) : session;
    }
  }
}
