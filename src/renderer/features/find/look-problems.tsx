import { paths } from "#renderer/api/paths.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import type { Look } from "./find-state.ts";

/** What could not be asked: the list below is not all there may be. */
export function LookProblems({ problems }: Pick<Look, "problems">) {
  return problems.map(({ connectionId, label, failure }) => (
    <Notice
      key={connectionId}
      tone="warn"
      shape="bar"
      title={`${label}: ${failure.message}`}
      action={<TextLink to={paths.connections()}>Connections</TextLink>}
    >
      {failure.todo}
    </Notice>
  ));
}
