import { useQuery } from "@tanstack/react-query";
import type { OperationId } from "#shared/domain/operation.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** The way back to the offboarding that a removal is part of. Nothing where it is part of none. */
export function OffboardingLink({ operationId }: { operationId: OperationId }) {
  const { data } = useQuery(orpc.membership.listOffboardings.queryOptions());
  const part = data?.find(({ operationIds }) => operationIds.includes(operationId));
  if (part === undefined) return null;
  return <TextLink to={paths.offboarding(part.id)}>Offboarding of {part.personName}</TextLink>;
}
