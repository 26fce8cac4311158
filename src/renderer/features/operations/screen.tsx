import { OperationId } from "#shared/domain/operation.ts";
import { paths } from "#renderer/api/paths.ts";
import { useRoute } from "#renderer/ui/router.ts";
import { NewOperation } from "./new-operation.tsx";
import { OperationList } from "./operation-list.tsx";
import { OperationPage } from "./operation-page.tsx";

export { ApprovalSection } from "./approval-section.tsx";
export { ChangedSince } from "./changed-since.tsx";
export { ChangeBudgetsSection } from "./budgets-section.tsx";
export { openNewOperation } from "./operation-draft.ts";
export { OperationEnd } from "./operation-end.tsx";
export { OperationIndicator } from "./operation-indicator.tsx";
export { OPERATION_STATE_WORDS } from "./operation-words.ts";
export { planDeprecatedRenames, planGapsOfCategory, planGapsOfPerson } from "./plan-gaps.ts";
export { planOperation } from "./plan-operation.ts";
export { RepeatDialog } from "./repeat-dialog.tsx";

/** Every operation, one, or a new one: the address says which. */
export function OperationsScreen() {
  const { path } = useRoute();
  if (path === paths.newOperation()) return <NewOperation />;
  const operationId = OperationId.safeParse(
    decodeURIComponent(path.slice(`${paths.operations()}/`.length)),
  ).data;
  return operationId ? <OperationPage key={operationId} operationId={operationId} /> : <OperationList />;
}
