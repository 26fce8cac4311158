import { useMutation } from "@tanstack/react-query";
import { LifeBuoy } from "lucide-react";
import type { StepHelp as Help } from "#shared/contract/membership.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import { client } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CopyButton } from "#renderer/ui/copy-button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";

const HOW_WORDS: Readonly<Record<Help["how"], string | null>> = {
  link: "Send this to the person: with the link they join by themselves. Whoever has the link gets in.",
  colleague: "Send this to a colleague who may be able to do it.",
  // The text says so itself.
  nobody: null,
};

/** What to do where a platform said no: an invite link to send, or whom to ask. Asks only when the operator wants it. */
export function StepHelp({
  operationId,
  ordinal,
  mayLink,
}: {
  operationId: OperationId;
  ordinal: number;
  /** A link may let the person in. */
  mayLink: boolean;
}) {
  const help = useMutation({ mutationFn: () => client.membership.helpWithStep({ operationId, ordinal }) });
  const found = help.data;
  return (
    <section aria-label="What to do instead" className="space-y-2.5 rounded-lg border border-line p-3">
      <h3 className="text-xs font-semibold text-fg-muted">What to do instead</h3>
      {help.error ? <ErrorNotice error={toFailure(help.error)} /> : null}
      {found ? (
        <div aria-live="polite" className="space-y-2.5">
          {HOW_WORDS[found.how] === null ? null : <p className="text-sm">{HOW_WORDS[found.how]}</p>}
          {found.names.length > 0 ? (
            <p className="text-sm">
              <span className="text-fg-muted">Whom to ask: </span>
              {found.names.join(", ")}
            </p>
          ) : null}
          <p className="rounded-md bg-sunken p-2.5 text-sm break-words whitespace-pre-wrap select-text">
            {found.text}
          </p>
          {found.how === "nobody" ? null : (
            <div className="flex flex-wrap gap-2">
              <CopyButton text={found.text} label="Copy the text" />
              {found.link ? <CopyButton text={found.link} label="Copy the link only" /> : null}
            </div>
          )}
        </div>
      ) : (
        <>
          <p className="text-sm text-fg-muted">
            {mayLink
              ? "Muster can look for a way: an invite link for the group, or a colleague who may do it."
              : "Muster can look for somebody who may do it, and write the message to them."}
          </p>
          <Button icon={<LifeBuoy />} isBusy={help.isPending} onClick={() => help.mutate()}>
            Find a way
          </Button>
        </>
      )}
    </section>
  );
}
