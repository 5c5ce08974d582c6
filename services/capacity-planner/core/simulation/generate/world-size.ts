/** How large a generated world is. */
export type WorldSize = Readonly<{
  name: string;
  hyperscalers: number;
  specialists: number;
  marketplaces: number;
  regionsOfHyperscaler: number;
  regionsOfOthers: number;
  gpuTypes: number;
  groups: number;
  /** The mean of all demand over time. */
  gpus: number;
}>;

export const worldSizes = {
  /** A fleet under 100 GPUs: about 60 offers. */
  small: {
    name: 'small',
    hyperscalers: 1,
    specialists: 2,
    marketplaces: 1,
    regionsOfHyperscaler: 3,
    regionsOfOthers: 2,
    gpuTypes: 5,
    groups: 17,
    gpus: 65,
  },
  /** About 1,000 GPUs and 700 offers. */
  medium: {
    name: 'medium',
    hyperscalers: 3,
    specialists: 5,
    marketplaces: 2,
    regionsOfHyperscaler: 7,
    regionsOfOthers: 4,
    gpuTypes: 9,
    groups: 69,
    gpus: 1000,
  },
} as const satisfies Record<string, WorldSize>;

export type WorldSizeName = keyof typeof worldSizes;
