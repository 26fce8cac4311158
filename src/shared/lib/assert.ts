/** A broken invariant: always a bug, never something an operator can act on. */
export class Defect extends Error {
  override readonly name = "Defect";
}

/** Throws a `Defect` when the condition does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Defect(message);
}
