import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { nextStepOf } from "./next-step-words.ts";

/** What comes next on the way out, in one line; the place for it where it is not among the screen's own buttons. */
export function NextStep({
  detail,
  tab,
  onShow,
}: {
  detail: OffboardingDetail;
  /** Where the operator is already. */
  tab: string;
  onShow: (tab: string) => void;
}) {
  const next = nextStepOf(detail);
  if (next === null) return null;
  const { title, text, show } = next;
  return (
    <Notice
      shape="bar"
      tone="info"
      title={title}
      action={
        show === null || show.tab === tab ? undefined : (
          <Button onClick={() => onShow(show.tab)}>{show.label}</Button>
        )
      }
    >
      {text}
    </Notice>
  );
}
