import { membershipFailures } from "./membership-failures.ts";

/**
 * Every expected failure: when it happens, and what the operator does about it.
 * The code's first part names who said no. Keep it sorted within each family.
 */
export const failureCatalogue = {
  // The request itself.
  "input/not-found": {
    when: "What was asked for does not exist any more.",
    todo: "Reload the screen; it may have been removed meanwhile.",
  },
  "input/file-invalid": {
    when: "The file could not be used, and nothing was changed.",
    todo: "Correct the file at the line and path shown, then import it again.",
  },
  "input/file-unreadable": {
    when: "The file could not be opened.",
    todo: "Check that it exists and that you may read it.",
  },
  "input/file-unwritable": {
    when: "The file could not be written.",
    todo: "Choose another folder, or free some space, and try again.",
  },
  "input/name-taken": {
    when: "Something with this name exists already.",
    todo: "Choose another name.",
  },
  "input/nothing-to-audit": {
    when: "There is nothing to audit.",
    todo: "Connect a workspace, add team members, and give at least one category a requirement.",
  },
  "input/schedule-invalid": {
    when: "This is not a time that Muster understands.",
    todo: "Write five cron fields, as in “0 2 * * *”, and the name of a time zone, as in Europe/Berlin.",
  },
  "input/telling-incomplete": {
    when: "Something is missing to send messages this way.",
    todo: "Complete what is named, then save again.",
  },

  // Slack answered, and said no.
  "slack/account-inactive": {
    when: "The Slack account or workspace behind this connection is deactivated.",
    todo: "Sign in again with an active account.",
  },
  "slack/token-expired": {
    when: "The Slack token of this connection has expired.",
    todo: "Sign in again; paused work continues by itself.",
  },
  "slack/token-revoked": {
    when: "The Slack token of this connection was revoked.",
    todo: "Sign in again; paused work continues by itself.",
  },
  "slack/token-invalid": {
    when: "Slack does not accept this token.",
    todo: "Copy the token again from your Slack app's “OAuth & Permissions” page, or sign in with Slack.",
  },
  "slack/token-kind": {
    when: "This is not a Slack user token.",
    todo: "Paste the user token (it starts with “xoxp-”); a bot token sees only the channels it was added to.",
  },
  "slack/missing-scope": {
    when: "The Slack app lacks a permission this needs.",
    todo: "Add the named scope to your Slack app under “User Token Scopes”, reinstall it, and sign in again.",
  },
  "slack/channel-not-found": {
    when: "The channel does not exist, or this account may not see it.",
    todo: "If it should be visible, have this account invited to it.",
  },
  "slack/user-not-found": {
    when: "Slack knows no such person in this workspace.",
    todo: "Correct the person's Slack id on the Team screen.",
  },
  "slack/not-allowed": {
    when: "Slack refused the request for this account.",
    todo: "Ask a workspace admin for access, or connect an account that has it.",
  },
  "slack/rate-limited": {
    when: "Slack asked to slow down.",
    todo: "Nothing: the work continues at the time shown.",
  },
  "slack/refused": {
    when: "Slack refused the request.",
    todo: "The Slack error code is shown with it; try again, and report it if it stays.",
  },
  "slack/bad-answer": {
    when: "Slack's answer could not be understood.",
    todo: "Try again in a few minutes; a proxy between you and Slack may be in the way.",
  },
  "slack/archived": {
    when: "The channel is archived.",
    todo: "Unarchive it in Slack first, or leave it out.",
  },
  "slack/cannot-invite-self": {
    when: "Slack does not let an account invite itself.",
    todo: "Join the channel in Slack, or use the account of somebody who is in it.",
  },
  "slack/cannot-remove": {
    when: "Slack does not let this person be removed from this channel.",
    todo: "Nobody removes themselves, and Slack keeps everybody in at least one channel: let them leave by themselves.",
  },
  "slack/general-channel": {
    when: "Nobody can be removed from the general channel of a Slack workspace.",
    todo: "Only deactivating the person's account in Slack takes them out of it; leave it out of the plan.",
  },
  "slack/not-in-channel": {
    when: "The connected account is not in this channel.",
    todo: "Have it invited by somebody who is in the channel, then plan again.",
  },
  "slack/guest-limit": {
    when: "This person is a guest who may not be in this channel, or in no more channels.",
    todo: "Ask a workspace admin to change the guest's account or its limit.",
  },
  "slack/channel-full": {
    when: "The channel holds as many people as Slack allows.",
    todo: "Remove somebody first.",
  },
  "slack/name-taken": {
    when: "A channel with this name exists already; archived ones count.",
    todo: "Choose another name.",
  },
  "slack/name-invalid": {
    when: "Slack does not allow this name.",
    todo: "Use up to 80 lower-case letters, digits, hyphens and underscores.",
  },
  "slack/oauth-denied": {
    when: "The sign-in was declined in the browser.",
    todo: "Start it again and choose “Allow”.",
  },
  "slack/oauth-failed": {
    when: "The sign-in could not be completed.",
    todo: "Check the client id and the redirect address of your Slack app, then start again.",
  },
  "slack/oauth-timed-out": {
    when: "The browser did not come back in time.",
    todo: "Start the sign-in again and finish it within ten minutes.",
  },

  // Telegram answered, and said no.
  "telegram/app-invalid": {
    when: "Telegram does not know this application.",
    todo: "Copy API id and API hash again from my.telegram.org, “API development tools”.",
  },
  "telegram/phone-invalid": {
    when: "Telegram does not know this phone number.",
    todo: "Write it with the country code, as in +44 20 7946 0000.",
  },
  "telegram/code-invalid": {
    when: "The code is not right.",
    todo: "Look at the newest message from Telegram and enter the code again.",
  },
  "telegram/code-expired": {
    when: "The code has expired.",
    todo: "Ask for a new code.",
  },
  "telegram/password-invalid": {
    when: "The cloud password is not right.",
    todo: "Enter it again; Telegram's own app can reset it.",
  },
  "telegram/session-revoked": {
    when: "The Telegram session of this connection was ended elsewhere.",
    todo: "Sign in again; paused work continues by itself.",
  },
  "telegram/account-deactivated": {
    when: "The Telegram account behind this connection is deactivated.",
    todo: "Sign in with another account.",
  },
  "telegram/flood-wait": {
    when: "Telegram asked to wait.",
    todo: "Nothing: the work continues at the time shown.",
  },
  "telegram/folder-not-found": {
    when: "The Telegram account has no chat folder of this name.",
    todo: "Choose another folder on the Team & rules screen, or make it in Telegram.",
  },
  "telegram/group-not-found": {
    when: "The group does not exist any more, or this account is no longer in it.",
    todo: "If it should be visible, have this account added to it.",
  },
  "telegram/not-allowed": {
    when: "Telegram does not let this account do that in this group.",
    todo: "Ask an admin of the group for the right.",
  },
  "telegram/user-not-found": {
    when: "Telegram shows this account no such person.",
    todo: "Correct the person's Telegram account on the Team screen.",
  },
  "telegram/not-met": {
    when: "The connected account has not met this person yet, and Telegram tells an account nothing about strangers.",
    todo: "Record the person's current username on the Team screen, or have the account and the person in one group.",
  },
  "telegram/refused": {
    when: "Telegram refused the request.",
    todo: "The Telegram error is shown with it; try again, and report it if it stays.",
  },
  "telegram/bad-answer": {
    when: "Telegram's answer could not be understood.",
    todo: "Update Muster; if it stays, report it.",
  },
  "telegram/privacy-restricted": {
    when: "This person's privacy settings do not let this account add them.",
    todo: "Send them an invite link, or ask a colleague whom they know to add them.",
  },
  "telegram/not-mutual-contact": {
    when: "This person left the group, and only an admin or a mutual contact may add them again.",
    todo: "Send them an invite link, or ask an admin of the group.",
  },
  "telegram/too-many-groups": {
    when: "This person is in as many groups as Telegram allows.",
    todo: "They have to leave a group first.",
  },
  "telegram/group-full": {
    when: "The group holds as many people as Telegram allows.",
    todo: "Remove somebody, or turn a basic group into a supergroup.",
  },
  "telegram/banned-there": {
    when: "This person was banned from the group.",
    todo: "Ask an admin of the group to lift the ban.",
  },
  "telegram/admin-needed": {
    when: "Only an admin of the group with the right for it may do this.",
    todo: "Ask the owner for the right, or ask them to do it.",
  },
  "telegram/basic-group": {
    when: "A basic group has no such setting: whoever comes later never sees what was written before.",
    todo: "Let its owner show the history in the group's settings in Telegram, which makes it a supergroup; then audit and plan again.",
  },
  "telegram/cannot-remove": {
    when: "Telegram does not let this account remove this person: they own the group, or another admin appointed them.",
    todo: "Ask the owner of the group.",
  },
  "telegram/name-invalid": {
    when: "Telegram does not allow this title.",
    todo: "Use 1 to 128 characters.",
  },
  "telegram/account-limited": {
    when: "Telegram has limited this account for inviting too many people (PEER_FLOOD).",
    todo: "Stop inviting for a day or more, ask @SpamBot in Telegram when it ends, and go on with a lower budget.",
  },

  // The mail server answered, and said no.
  "mail/login-refused": {
    when: "The mail server refused the user name or password.",
    todo: "Enter them again; many providers want a password made for one application.",
  },
  "mail/refused": {
    when: "The mail server refused the message.",
    todo: "Its answer is shown with it; check the addresses, and that you may send from this one.",
  },

  // The operating system.
  "system/no-program": {
    when: "This system has no program that opens the group.",
    todo: "Copy the link and open it where you are signed in, or install the platform's own program.",
  },
  "system/no-notifications": {
    when: "This system shows no notifications for Muster.",
    todo: "Start Muster in a desktop session, and allow its notifications there.",
  },

  // Nobody answered.
  "network/unreachable": {
    when: "The server could not be reached.",
    todo: "Check the network connection; the work continues when it is back.",
  },
  "network/timed-out": {
    when: "The server did not answer in time.",
    todo: "The work is tried again by itself; check the network if this stays.",
  },

  // Secrets.
  "keychain/locked": {
    when: "The system keychain is locked or refused the request.",
    todo: "Unlock the keychain (log in to the desktop session), then try again.",
  },
  "keychain/unavailable": {
    when: "No system keychain answers, so signing in would leave the secret unprotected.",
    todo: "On Linux install and start gnome-keyring or KWallet inside a desktop session; on macOS and Windows log in normally.",
  },
  "keychain/secret-missing": {
    when: "The secret of this connection is no longer in the keychain.",
    todo: "Sign in again.",
  },

  // The local database.
  "store/disk-full": {
    when: "The disk is full, so the change was not saved. Everything saved before is intact.",
    todo: "Free some space and try again; paused work continues where it stopped.",
  },
  "store/read-only": {
    when: "The data folder cannot be written, so the change was not saved.",
    todo: "Check the permissions of the data folder, or choose another with --profile.",
  },
  "store/damaged": {
    when: "The database file was damaged. It was set aside untouched, and a new one was started.",
    todo: "Restore a backup from the folder shown, or keep working with the new database.",
  },
  "store/newer-version": {
    when: "The database was written by a newer version of Muster.",
    todo: "Update Muster, or choose another data folder with --profile.",
  },
  "store/unsound": {
    when: "The database does not pass its own check.",
    todo: "Export what you need, then close Muster and start it again: the file is set aside and a backup can be restored.",
  },
  "store/profile-in-use": {
    when: "Another Muster is using this data folder.",
    todo: "Close the other one, or choose another folder with --profile.",
  },

  // Changing who is where.
  ...membershipFailures,

  // Work.
  "job/cancelled": {
    when: "The work was cancelled.",
    todo: "Start it again, or resume it from the Runs screen.",
  },
  "job/internal-error": {
    when: "The work met an internal error.",
    todo: "Try it again; if it stays, report it with the reference shown, which finds it in the log.",
  },
  "job/not-resumable": {
    when: "This work has ended and cannot be resumed.",
    todo: "Start a new one.",
  },

  // The sandbox.
  "sandbox/not-started": {
    when: "The sandbox did not start.",
    todo: "Read the reason shown; another program may hold its port.",
  },
} as const satisfies Record<string, { when: string; todo: string }>;
