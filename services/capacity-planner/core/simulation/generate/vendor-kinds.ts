/**
 * Three kinds of vendor as public price lists and operators' reports show them. Ranges are [least, most] of a uniform draw.
 */
export type VendorKind = Readonly<{
  name: 'hyperscaler' | 'specialist' | 'marketplace';
  /** Its price beside the usual one of the GPU. */
  priceFactor: readonly [number, number];
  /** Spot beside on-demand: the median, and the spread of its logarithm; no spot where it is absent. */
  spot?: Readonly<{ ratio: number; spread: number; takenPerNodeHour: readonly [number, number] }>;
  /** The share of its regions that have a GPU it sells. */
  coverage: number;
  leadSeconds: readonly [number, number];
  startSuccess: readonly [number, number];
  incrementSeconds: number;
  minimumSeconds: readonly (readonly [number, number])[];
}>;

export const vendorKinds: Readonly<Record<VendorKind['name'], VendorKind>> = {
  hyperscaler: {
    name: 'hyperscaler',
    priceFactor: [1.5, 3.2],
    spot: { ratio: 0.32, spread: 0.35, takenPerNodeHour: [0.004, 0.04] },
    coverage: 0.7,
    leadSeconds: [120, 200],
    startSuccess: [0.985, 0.999],
    incrementSeconds: 1,
    minimumSeconds: [[60, 1]],
  },
  specialist: {
    name: 'specialist',
    priceFactor: [0.8, 1.35],
    spot: { ratio: 0.45, spread: 0.2, takenPerNodeHour: [0.01, 0.05] },
    coverage: 0.7,
    leadSeconds: [240, 480],
    startSuccess: [0.95, 0.99],
    incrementSeconds: 60,
    minimumSeconds: [
      [60, 0.5],
      [600, 0.3],
      [3600, 0.2],
    ],
  },
  marketplace: {
    name: 'marketplace',
    priceFactor: [0.7, 1.2],
    spot: { ratio: 0.6, spread: 0.2, takenPerNodeHour: [0.02, 0.08] },
    coverage: 0.6,
    leadSeconds: [150, 420],
    startSuccess: [0.9, 0.98],
    incrementSeconds: 1,
    minimumSeconds: [[60, 1]],
  },
};
