/** A broken invariant: always a bug, never something an operator can act on. */
export class Defect extends Error {
  override readonly name = "Defect";
}

/** Throws a `Defect` when the condition does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Defect(message);
}

/** Ends a total `switch`: adding a member to the union without handling it becomes a type error. */
export function assertNever(value: never): never {
  throw new Defect(`unexpected value: ${JSON.stringify(value)}`);
}
