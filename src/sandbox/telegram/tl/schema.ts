import type { Definition } from "#sandbox/telegram/tl/definition.ts";
import { PROTOCOL_DEFINITIONS } from "#sandbox/telegram/tl/protocol-schema.ts";

/** Constructors and methods of one layer, together with the protocol's own, ready to be looked up. */
export interface Schema {
  readonly layer: number;
  /** By constructor id (unsigned). Holds what a client of this layer may send. */
  readonly byId: ReadonlyMap<number, Definition>;
  /** By documented name; what is written to a client of this layer. */
  readonly byName: ReadonlyMap<string, Definition>;
  /** Names of the constructors of a boxed type. */
  readonly constructorsOf: ReadonlyMap<string, readonly Definition[]>;
}

/** The protocol's own constructors, before a layer is agreed on. */
export const PROTOCOL_SCHEMA: Schema = buildSchema(0, []);

/** Indexes the definitions of a layer. */
export function buildSchema(layer: number, definitions: readonly Definition[]): Schema {
  const byId = new Map<number, Definition>();
  const byName = new Map<string, Definition>();
  const constructorsOf = new Map<string, Definition[]>();
  for (const definition of [...definitions, ...PROTOCOL_DEFINITIONS]) {
    byId.set(definition.id, definition);
    byName.set(definition.name, definition);
    if (definition.isMethod) continue;
    const siblings = constructorsOf.get(definition.resultName);
    if (siblings) siblings.push(definition);
    else constructorsOf.set(definition.resultName, [definition]);
  }
  return { layer, byId, byName, constructorsOf };
}
