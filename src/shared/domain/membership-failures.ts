/** The catalogue's entries about operations, offboardings and approvals, sorted. */
export const membershipFailures = {
  "membership/account-deactivated": {
    when: "This person's account is deactivated.",
    todo: "Record the account they use now, or leave them out: a deactivated account can neither be put into a group nor taken out of a Slack channel.",
  },
  "membership/ambiguous-name": {
    when: "This name does not say which group is meant, or what it is to be called.",
    todo: "Name the group by its id, choose one platform, or correct the line.",
  },
  "membership/approval-invalid": {
    when: "This is no approval of this operation.",
    todo: "Send the approval request again to somebody who is listed as an approver; a changed plan needs a new approval.",
  },
  "membership/bad-pattern": {
    when: "This regular expression cannot be used.",
    todo: "Correct it at the place shown, or search for plain text.",
  },
  "membership/cannot-undo": {
    when: "This cannot be taken back.",
    todo: "It stays as it was done; change it by hand if it should not stay.",
  },
  "membership/changed-meanwhile": {
    when: "Somebody changed this group between the plan and the run, and it was left alone.",
    todo: "Look at it, and plan again if the change is still wanted.",
  },
  "membership/confirmation-missing": {
    when: "This operation has to be confirmed by typing what is shown.",
    todo: "Type it exactly as shown.",
  },
  "membership/name-collision": {
    when: "Another group has this name, or would get it.",
    todo: "Choose another name, or leave one of them out.",
  },
  "membership/nobody-matches": {
    when: "No team member, or no group, matches what was given.",
    todo: "Check the spelling of the names; ids and handles work too.",
  },
  "membership/no-account": {
    when: "This person has no account recorded on this platform.",
    todo: "Add their account to the team.",
  },
  "membership/no-connection": {
    when: "No signed-in account of ours sees this group.",
    todo: "Sign in with an account that is in the group.",
  },
  "membership/not-confirmed-by-reading": {
    when: "The platform said it was done, but reading back shows otherwise.",
    todo: "Look at the group; somebody may have taken it back at once.",
  },
  "membership/not-pinned": {
    when: "The message was posted, but it was not pinned.",
    todo: "Pin it in the group by hand.",
  },
  "membership/not-planned": {
    when: "This operation is not waiting to be confirmed.",
    todo: "Plan it again.",
  },
  "membership/not-refused": {
    when: "Nothing stands in the way of this step.",
    todo: "Only steps that were refused or failed need help.",
  },
  "membership/not-recurring": {
    when: "An operation of this kind cannot be repeated by a schedule, or not without being looked at.",
    todo: "Let its plan wait for a confirmation instead, or plan it by hand.",
  },
  "membership/nothing-to-do": {
    when: "There is nothing to change.",
    todo: "Nothing: everything chosen is so already, or cannot be done.",
  },
  "membership/offboarding-closed": {
    when: "The offboarding is closed.",
    todo: "Open it again if the person is still somewhere.",
  },
  "membership/offboarding-open": {
    when: "The person is still in some groups, or it is not known.",
    todo: "Finish or decide each task, check again, then close it.",
  },
  "membership/outcome-unclear": {
    when: "It was sent, but no answer came, and nothing can tell whether it was done.",
    todo: "Look at the group before doing it again.",
  },
  "membership/own-approval": {
    when: "An approval has to come from somebody else, and this is the key of this very Muster.",
    todo: "Ask a colleague to approve it in a Muster of their own.",
  },
  "membership/plan-too-old": {
    when: "The plan was made too long ago to be trusted.",
    todo: "Plan it again; it takes a moment.",
  },
} as const satisfies Record<string, { when: string; todo: string }>;
