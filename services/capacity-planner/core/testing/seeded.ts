/** A seeded generator of numbers in [0, 1): mulberry32. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** What tests and benchmarks draw of a generator. */
export const drawing = (random: () => number) => ({
  random,
  between: (low: number, high: number): number => low + random() * (high - low),
  whole: (low: number, high: number): number => low + Math.floor(random() * (high - low + 1)),
  chance: (share: number): boolean => random() < share,
  one: <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!,
  some: <T>(items: readonly T[], share: number): readonly T[] => items.filter(() => random() < share),
});

export type Drawing = ReturnType<typeof drawing>;
