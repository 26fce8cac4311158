import type { Failure } from "#shared/domain/failure.ts";

/** The permissions that a failure says are missing; empty when it names none. */
export function scopesOf({ facts }: Pick<Failure, "facts">): readonly string[] {
  const { needed } = facts;
  if (Array.isArray(needed)) return needed;
  return typeof needed === "string" ? needed.split(/[\s,]+/).filter(Boolean) : [];
}
