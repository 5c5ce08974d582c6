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
