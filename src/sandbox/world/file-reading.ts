/** A world file that cannot be used: which file, where in it (`$.channels[3].members[0]`), and what is wrong. */
export class WorldFileError extends Error {
  override readonly name = "WorldFileError";
  readonly file: string;
  readonly path: string;
  readonly problem: string;

  constructor(file: string, path: string, problem: string) {
    super(`${file}: ${path}: ${problem}`);
    this.file = file;
    this.path = path;
    this.problem = problem;
  }
}

/** A place in a parsed JSON file: reads typed values and, when they do not fit, says exactly where. */
export class JsonPlace {
  readonly #file: string;
  readonly path: string;
  readonly value: unknown;

  constructor(file: string, path: string, value: unknown) {
    this.#file = file;
    this.path = path;
    this.value = value;
  }

  /** Throws the error that names this place. */
  refuse(problem: string): never {
    throw new WorldFileError(this.#file, this.path, problem);
  }

  /** The place of a property; refuses a non-object. A missing property has the value `undefined`. */
  at(key: string): JsonPlace {
    return new JsonPlace(this.#file, `${this.path}.${key}`, this.#object()[key]);
  }

  /** The places of an array's elements; a missing array is empty. */
  items(): JsonPlace[] {
    if (this.value === undefined) return [];
    if (!Array.isArray(this.value)) this.refuse("must be an array");
    const list = this.value as readonly unknown[];
    return list.map((item, at) => new JsonPlace(this.#file, `${this.path}[${at}]`, item));
  }

  /** Refuses an object with keys other than these: a misspelt key would otherwise be silently ignored. */
  allowKeys(keys: readonly string[]): void {
    for (const key of Object.keys(this.#object())) {
      if (!keys.includes(key)) this.at(key).refuse(`unknown key; known ones are ${keys.join(", ")}`);
    }
  }

  text(fallback?: string): string {
    if (this.value === undefined && fallback !== undefined) return fallback;
    if (typeof this.value !== "string") this.refuse("must be a text");
    return this.value;
  }

  flag(fallback: boolean): boolean {
    if (this.value === undefined) return fallback;
    if (typeof this.value !== "boolean") this.refuse("must be true or false");
    return this.value;
  }

  /** A whole number between `least` and `most`, or undefined when missing. */
  count(least: number, most: number): number | undefined {
    if (this.value === undefined) return undefined;
    const value = this.value;
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
      this.refuse(`must be a whole number from ${least} to ${most}`);
    }
    return value;
  }

  /** One of the given texts. */
  choice<T extends string>(choices: readonly T[], fallback: T): T {
    if (this.value === undefined) return fallback;
    const found = choices.find((choice) => choice === this.value);
    return found ?? this.refuse(`must be one of ${choices.join(", ")}`);
  }

  #object(): Record<string, unknown> {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      this.refuse("must be an object");
    }
    return this.value as Record<string, unknown>;
  }
}
