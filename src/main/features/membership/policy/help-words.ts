import type { OperationStep } from "#shared/domain/operation.ts";
import { firstName } from "./greeting.ts";

type HelpedStep = Pick<OperationStep, "action" | "platform" | "groupName" | "personName" | "after">;

/** A message to the person whom we could not add. */
export function linkText({ groupName, personName }: HelpedStep, link: string): string {
  return `Hi ${firstName(personName)}, could you please join the Telegram group “${groupName}”? This link lets you in: ${link}`;
}

/** A message to a colleague who may do what we could not. */
export function colleagueText(step: HelpedStep, name: string): string {
  return `Hi ${firstName(name)}, could you please ${deed(step)}? My account may not. Thank you!`;
}

/** What the operator does where no colleague can help; `strangers` are people outside the team who may do it. */
export function nobodyText(step: HelpedStep, todo: string, strangers: readonly string[]): string {
  const ask =
    strangers.length === 0 ? "" : ` Outside the team, these may: ${strangers.join(", ")}. Ask one of them.`;
  return `Nobody of the team is known who could ${deed(step)}.${ask} ${todo}`;
}

/** What stands in the way whoever does it. */
export function inVainText(step: HelpedStep, why: string, todo: string): string {
  return `Nobody else could ${deed(step)} either. ${why} ${todo}`;
}

function deed({ action, platform, groupName, personName, after }: HelpedStep): string {
  const group = `the ${platform === "slack" ? "Slack channel" : "Telegram group"} “${groupName}”`;
  const who = personName ?? "them";
  switch (action) {
    case "add":
      return `add ${who} to ${group}`;
    case "remove":
      return `remove ${who} from ${group}`;
    case "rename":
      return `rename ${group} to “${after ?? ""}”`;
    case "show-history":
      return `show the history of ${group} to new members`;
    case "hide-history":
      return `hide the history of ${group} from new members`;
    case "create":
      return `create ${group}`;
    case "describe":
      return `describe ${group} as “${after ?? ""}”`;
    case "welcome":
      return `post and pin the welcome in ${group}`;
    case "send":
      return `send the message to ${personName ?? group}`;
  }
}
