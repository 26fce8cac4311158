import { CircleCheck, FlaskConical, KeyRound, Server, WifiOff } from "lucide-react";
import { Badge } from "#renderer/ui/badge.tsx";
import type { Connection } from "#shared/domain/connection.ts";
import { otherServerWords } from "./connection-words.ts";

/** The state of a connection, and whether it is the real thing. */
export function ConnectionBadges({ connection }: { connection: Connection }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      {connection.state === "ready" && (
        <Badge tone="ok" icon={<CircleCheck />}>
          Ready
        </Badge>
      )}
      {connection.state === "signed-out" && (
        <Badge tone="danger" icon={<KeyRound />}>
          Signed out
        </Badge>
      )}
      {connection.state === "unreachable" && (
        <Badge tone="warn" icon={<WifiOff />}>
          Unreachable
        </Badge>
      )}
      {connection.isSandbox && (
        <Badge tone="info" icon={<FlaskConical />}>
          Sandbox
        </Badge>
      )}
      {!connection.isProduction && !connection.isSandbox && (
        <Badge tone="warn" icon={<Server />}>
          {otherServerWords(connection)}
        </Badge>
      )}
    </span>
  );
}
