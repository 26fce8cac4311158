import { userInfo } from "node:os";

/** Who sits at this computer, for the activity log. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // Thrown where the user id has no name (some containers).
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}
