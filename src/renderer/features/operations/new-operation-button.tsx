import { Plus } from "lucide-react";
import { paths } from "#renderer/api/paths.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";

/** Where a change to many groups begins. */
export function NewOperationButton() {
  return (
    <LinkButton to={paths.newOperation()} variant="primary" icon={<Plus aria-hidden="true" />}>
      New operation
    </LinkButton>
  );
}
