/** Scrambles 32 bits (the finalizer of MurmurHash3). */
const scramble = (value: number): number => {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
};

/**
 * A number in [0, 1) that depends on its keys alone: whoever asks, in whatever order, meets the same luck. That is what makes two
 * policies comparable in one period.
 */
export const luckAt = (...keys: readonly number[]): number => {
  let bits = 0x9e3779b9;
  for (const key of keys) bits = scramble(bits ^ scramble(key + 0x632be59b));
  return scramble(bits) / 0x1_0000_0000;
};

/** A standard normal number from two uniform ones (Box and Muller). */
export const normalFrom = (first: number, second: number): number =>
  Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);

/** A seeded stream of chance: the same seed, the same world. */
export class Chance {
  #drawn = 0;
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A stream of its own for one thing of the world, so that more of another thing does not move it. */
  of(name: string): Chance {
    let hash = this.#seed;
    for (let at = 0; at < name.length; at += 1) hash = scramble(hash ^ name.charCodeAt(at)) + at;
    return new Chance(hash);
  }

  /** In [0, 1). */
  unit(): number {
    this.#drawn += 1;
    return luckAt(this.#seed, this.#drawn);
  }

  happens(share: number): boolean {
    return this.unit() < share;
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.unit();
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  normal(): number {
    return normalFrom(this.unit(), this.unit());
  }

  /** Times after which something that happens `perStep` times in a step happens next, in steps. */
  wait(perStep: number): number {
    return -Math.log(1 - this.unit()) / perStep;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.unit() * items.length)]!;
  }

  /** One of the pairs' items, each as likely as its weight says. */
  weighted<Item>(pairs: readonly (readonly [Item, number])[]): Item {
    let left = this.unit() * pairs.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of pairs) {
      left -= weight;
      if (left < 0) return item;
    }
    return pairs.at(-1)![0];
  }
}
