/** The mail platform: one message over SMTP. */
export { sendMail, type MailAccount, type MailFailure, type MailMessage } from "./send-mail.ts";
