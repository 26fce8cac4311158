/** The mail platform: one message over SMTP. */
export type { MailFailure } from "./mail-failure.ts";
export { sendMail, type MailAccount, type MailMessage } from "./send-mail.ts";
