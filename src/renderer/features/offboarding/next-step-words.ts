import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { isOutdated, isProven } from "./offboarding-words.ts";

/** What to do next, and the tab where it is done when the buttons of the screen do not do it. */
export interface NextStep {
  readonly title: string;
  readonly text: string;
  readonly show: { readonly tab: string; readonly label: string } | null;
}

/** The next step of an open offboarding: one at a time, in the order of the way out. Null once it is closed. */
export function nextStepOf(detail: OffboardingDetail): NextStep | null {
  const { offboarding, requests } = detail;
  const { state, checkedAtMs, counts } = offboarding;
  if (state !== "open") return null;
  if (checkedAtMs === null)
    return {
      title: "First: find everywhere they are.",
      text: "The platforms are only asked. Nothing is changed by that.",
      show: null,
    };
  if (isOutdated(detail))
    return {
      title: "An operation ended since the last look.",
      text: "Check again to see what is left.",
      show: null,
    };
  if (counts.remove > 0)
    return {
      title: `Next: take them out of ${formatNoun(counts.remove, "group")}.`,
      text: "You see every removal before it is made.",
      show: null,
    };
  const unsent = requests.filter((request) => request.state === "draft").length;
  if (unsent > 0)
    return {
      title: `Next: send ${formatNoun(unsent, "message")}.`,
      text: "Copy each, or have them sent; then check again.",
      show: { tab: "requests", label: "Show the requests" },
    };
  if (counts.ask > 0)
    return {
      title: `Next: ask those who can act in ${formatNoun(counts.ask, "group")}.`,
      text: "Muster finds out who, and writes the messages.",
      show: { tab: "requests", label: "Ask them" },
    };
  if (counts.asked > 0)
    return {
      title: `Waiting for an answer about ${formatNoun(counts.asked, "group")}.`,
      text: "Check again once they have acted.",
      show: null,
    };
  if (isProven(detail))
    return {
      title: "They are gone, or it is said why they stay.",
      text: "Close the offboarding, and write the evidence.",
      show: null,
    };
  return {
    title:
      counts.unknown > 0
        ? `${formatNoun(counts.unknown, "group")} could not be settled.`
        : "It is not proven yet.",
    text: "Check again; where that does not help, say why they stay, or whom you asked.",
    show: null,
  };
}
