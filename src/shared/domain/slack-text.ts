/**
 * Text that Slack shows as it stands: `&`, `<` and `>` are mark-up unless they are escaped
 * (docs.slack.dev/messaging/formatting-message-text, checked 2026-11).
 */
export function escapeForSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
