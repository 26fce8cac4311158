import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { nameAt } from "#shared/domain/connection-name.ts";
import { Notice } from "#renderer/ui/notice.tsx";

/** What is not known, and why; deactivated accounts are said to be so. */
export function OffboardingNotices({ detail }: { detail: OffboardingDetail }) {
  const { offboarding, notAsked } = detail;
  const blocking = notAsked.filter(({ blocks }) => blocks);
  const others = notAsked.filter(({ blocks }) => !blocks);
  return (
    <>
      {blocking.length > 0 ? (
        <Notice shape="bar" tone="warn" title="Not everything could be asked.">
          {blocking.map(({ platform, label, why }) => `${nameAt(platform, label)}: ${why}`).join(" ")} They
          may be in more groups than shown here.
        </Notice>
      ) : null}
      {offboarding.deactivatedIn.length > 0 ? (
        <Notice shape="bar" tone="info" title={`Deactivated in ${offboarding.deactivatedIn.join(", ")}.`}>
          Slack no longer lists the channels of the account: groups known from before are shown as not known.
        </Notice>
      ) : null}
      {others.length > 0 ? (
        <Notice shape="bar" tone="info" title="No account to look for.">
          {others.map(({ platform, label }) => nameAt(platform, label)).join(", ")}
        </Notice>
      ) : null}
    </>
  );
}
