import { useQuery } from "@tanstack/react-query";
import { MessageSquarePlus, RefreshCw } from "lucide-react";
import { useState } from "react";
import type { HelpStep } from "#shared/contract/membership.ts";
import { client, orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { askAgain } from "./offboarding-actions.ts";
import { RequestTable } from "./request-table.tsx";
import { StreamStrip } from "./stream-strip.tsx";
import { useStream } from "./use-stream.ts";
import { WriteDialog, type Writing } from "./write-dialog.tsx";

/** Every request, of every offboarding and of none. */
export function AllRequests() {
  const [writing, setWriting] = useState<Writing | null>(null);
  const checking = useStream<HelpStep>();
  const { data, error, refetch } = useQuery(orpc.membership.listHelpRequests.queryOptions());
  const check = async () => {
    await checking.run((signal) => client.membership.checkHelpRequests(undefined, { signal }));
    askAgain();
  };
  if (error && !data) return <ErrorState error={toFailure(error)} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows label="Loading the requests" rows={8} />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      {checking.progress ? (
        <StreamStrip label="Asking for our rights" progress={checking.progress} onStop={checking.stop} />
      ) : null}
      <div className="min-h-0 flex-1">
        <RequestTable
          requests={data}
          emptyText="Muster finds the owner of every Telegram group in which we may not change the name, and writes the message."
          actions={
            <span className="flex flex-wrap items-center gap-1.5">
              <Button
                icon={<MessageSquarePlus />}
                onClick={() => setWriting({ purpose: "ownership", offboardingId: null })}
              >
                Ask for ownership…
              </Button>
              {data.length > 0 ? (
                <Button icon={<RefreshCw />} isBusy={checking.progress !== null} onClick={() => void check()}>
                  Check what has come
                </Button>
              ) : null}
            </span>
          }
        />
      </div>
      <WriteDialog writing={writing} onClose={() => setWriting(null)} />
    </div>
  );
}
