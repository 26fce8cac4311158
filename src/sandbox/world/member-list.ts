/**
 * Who is in a channel: person indices, ascending, in one typed array. Ascending order is what keeps a page cursor
 * meaningful while people come and go, and 4 bytes a membership keeps half a million of them at 2 MB.
 */
export class MemberList {
  #indices: Uint32Array;

  constructor(indices: Iterable<number>) {
    this.#indices = Uint32Array.from(new Set(indices)).sort();
  }

  get size(): number {
    return this.#indices.length;
  }

  /** The indices, ascending. A view: do not keep it across a change. */
  get indices(): Uint32Array {
    return this.#indices;
  }

  has(person: number): boolean {
    return this.#indices[this.firstAtOrAfter(person)] === person;
  }

  /** Position of the first member whose index is not below `person`; `size` when there is none. */
  firstAtOrAfter(person: number): number {
    let low = 0;
    let high = this.#indices.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#indices[middle] as number) < person) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** False when the person already was in. */
  add(person: number): boolean {
    const at = this.firstAtOrAfter(person);
    if (this.#indices[at] === person) return false;
    const grown = new Uint32Array(this.#indices.length + 1);
    grown.set(this.#indices.subarray(0, at));
    grown[at] = person;
    grown.set(this.#indices.subarray(at), at + 1);
    this.#indices = grown;
    return true;
  }

  /** False when the person was not in. */
  remove(person: number): boolean {
    const at = this.firstAtOrAfter(person);
    if (this.#indices[at] !== person) return false;
    this.#indices = this.#indices.filter((_value, position) => position !== at);
    return true;
  }
}
