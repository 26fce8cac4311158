import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { Page } from "#renderer/ui/page.tsx";
import { SearchInput } from "#renderer/ui/search-input.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { ActivityList } from "./activity-list.tsx";
import { useActivity } from "./use-activity.ts";
import { useSettled } from "#renderer/ui/use-settled.ts";
import { useVerifyLog } from "./use-verify-log.ts";
import { VerificationNotice } from "./verification-notice.tsx";

const TYPING_RESTS_MS = 150;

/** Who did what and why; and the proof that nobody changed it since. */
export function ActivityScreen() {
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim(), TYPING_RESTS_MS);
  const activity = useActivity(search);
  const verifying = useVerifyLog();
  const total = activity.data?.pages[0]?.total ?? null;
  return (
    <Page
      title="Activity"
      subtitle="Who did what, and why. Kept for good."
      layout="fill"
      actions={
        <Button icon={<ShieldCheck />} isBusy={verifying.isPending} onClick={() => verifying.mutate()}>
          {verifying.isPending ? "Verifying…" : "Verify the log"}
        </Button>
      }
      toolbar={
        <>
          <Toolbar label="Activity log">
            <SearchInput label="Search the log" value={typed} onChange={setTyped} className="w-72" />
            <span role="status" className="tabular px-1.5 text-xs text-fg-muted">
              {total !== null && formatNoun(total, search ? "matching line" : "line")}
            </span>
          </Toolbar>
          {verifying.data && <VerificationNotice verification={verifying.data} onDismiss={verifying.reset} />}
          {verifying.error && (
            <div className="shrink-0 px-5 py-2">
              <ErrorNotice error={toFailure(verifying.error)} />
            </div>
          )}
        </>
      }
    >
      <ActivityList activity={activity} search={search} onClearSearch={() => setTyped("")} />
    </Page>
  );
}
