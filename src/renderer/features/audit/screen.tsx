/** The audit under way and how one is started: shown on several screens, and used through here. */
export { AuditEnd } from "./audit-end.tsx";
export { AuditIndicator } from "./audit-indicator.tsx";
export { AuditStrip } from "./audit-strip.tsx";
export { exportReport } from "./export-report.ts";
export { PlatformMark } from "./platform-mark.tsx";
export { ResultAges } from "./result-ages.tsx";
export { RunStateBadge } from "./run-state-badge.tsx";
export { howAsked, platformNames, runLabel } from "./run-words.ts";
export { StartAudit } from "./start-audit.tsx";
export { StartAuditButton } from "./start-audit-button.tsx";
export { openStartAudit } from "./start-audit-state.ts";
export { showFailure, showFailureAbout, useAuditActions } from "./use-audit-actions.ts";
