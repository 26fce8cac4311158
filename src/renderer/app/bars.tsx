import { useMutation, useQuery } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import type { Connection } from "#shared/domain/connection.ts";
import { orpc } from "#renderer/api/client.ts";
import { useLinkState } from "#renderer/api/link-state.ts";
import { paths } from "#renderer/api/paths.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

interface BarsProps {
  /** The window was opened on the simulated world. */
  isSandbox: boolean;
  connections: readonly Connection[];
}

/** What concerns the whole window, above every screen: simulated data, a lost connection, news from the start. */
export function Bars({ isSandbox, connections }: BarsProps) {
  const link = useLinkState((state) => state.state);
  const { data: notices = [] } = useQuery(orpc.app.notices.queryOptions());
  const dismiss = useMutation(orpc.app.dismissNotice.mutationOptions());
  const isSimulated = isSandbox || connections.some((connection) => connection.isSandbox);
  const isMixed = isSimulated && connections.some((connection) => !connection.isSandbox);
  const isOutOfReach = connections.length > 0 && connections.every(({ state }) => state === "unreachable");
  // Where the secrets cannot be read, nothing is known of the network.
  const locked = connections.find(({ failure }) => failure?.code.startsWith("keychain/"))?.failure;
  return (
    <section aria-label="About this window" className="shrink-0">
      {isSimulated ? (
        <div className="flex items-center justify-center gap-1.5 bg-warn-soft px-3 py-0.5 text-xs font-medium text-warn-fg">
          <FlaskConical aria-hidden="true" className="size-3.5" />
          Sandbox: simulated data{isMixed ? " beside real data" : ""}
        </div>
      ) : null}
      {link === "lost" ? (
        <Notice tone="danger" shape="bar" title="The connection to Muster's main process was lost.">
          Reconnecting… What you see may be out of date.
        </Notice>
      ) : null}
      {isOutOfReach && link === "open" ? (
        <Notice
          tone="warn"
          shape="bar"
          title={locked?.message ?? "Offline: nothing that is connected answers."}
          action={<TextLink to={paths.connections()}>Connections</TextLink>}
        >
          {locked ? `${locked.todo} ` : ""}Results that were read before stay available.
        </Notice>
      ) : null}
      {notices.map(({ id, failure }) => (
        <Notice
          key={id}
          tone="warn"
          shape="bar"
          title={failure.message}
          onDismiss={() => dismiss.mutate({ id })}
        >
          {failure.todo}
          {typeof failure.facts["reason"] === "string" ? (
            <span className="ml-1 text-xs">Reason: {failure.facts["reason"]}</span>
          ) : null}
          {typeof failure.facts["path"] === "string" ? (
            <span className="ml-1 font-mono text-xs">{failure.facts["path"]}</span>
          ) : null}
        </Notice>
      ))}
    </section>
  );
}
