/**
 * A value of the Type Language as plain data: objects carry their constructor's documented name in `_` and their
 * documented field names; `int` and `double` are numbers, `long`, `int128` and `int256` bigints (signed for `long`),
 * `bytes` a `Uint8Array`, vectors arrays, `Bool` a boolean. A flagged field that is absent (or undefined, or `false`
 * for `true` flags) is left out, and the flags word follows from what is present; it is never written by hand.
 */
export type TlValue = TlObject | bigint | number | string | boolean | Uint8Array | readonly TlValue[];

export interface TlObject {
  readonly _: string;
  readonly [field: string]: TlValue | undefined;
}
