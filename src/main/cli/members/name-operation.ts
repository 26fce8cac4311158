import type { Membership } from "#main/features/membership/index.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { type OperationDetail, OperationId } from "#shared/domain/operation.ts";
import { err, type Result } from "#shared/lib/result.ts";

/** The operation a person means: by its id, or `latest`. Fails with `input/not-found`. */
export async function findOperationNamed(
  membership: Pick<Membership, "list" | "get">,
  name: string,
): Promise<Result<OperationDetail, Failure>> {
  const [latest] = name === "latest" ? (await membership.list({ cursor: null, limit: 1 })).items : [];
  const operationId = OperationId.safeParse(latest?.id ?? name);
  return operationId.success
    ? membership.get({ operationId: operationId.data })
    : err(failure("input/not-found", { operationId: name }));
}
