import { nameConnection } from "#shared/domain/connection-name.ts";
import { paths } from "#renderer/api/paths.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import type { Look } from "./find-state.ts";

/** What could not be asked: the list below is not all there may be. */
export function LookProblems({ problems }: Pick<Look, "problems">) {
  return problems.map(({ failure, ...connection }) => (
    <Notice
      key={connection.connectionId}
      tone="warn"
      shape="bar"
      title={`${nameConnection(connection)}: ${failure.message}`}
      action={
        failure.code === "telegram/not-met" || failure.code === "membership/no-account" ? (
          <TextLink to={paths.team()}>Team</TextLink>
        ) : (
          <TextLink to={paths.connections()}>Connections</TextLink>
        )
      }
    >
      {failure.todo}
    </Notice>
  ));
}
