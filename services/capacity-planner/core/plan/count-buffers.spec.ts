import type { PooledError } from '../demand/demand-group.js';
import { prepare } from '../model/prepare.js';
import type { Prepared } from '../model/prepared.js';
import { defaultPolicy } from '../policy.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { countBuffers, missingThatPays, payingGpus } from './count-buffers.js';
import { exactCounts } from './exact-counts.js';

const MINUTE_MS = 60_000;
const quantiles = [
  { level: 0.5, gpus: 0 },
  { level: 0.99, gpus: 4 },
];
const whole: PooledError = { gpuType: 'H100', quantiles };
const anywhere = plainGroup('anywhere', 1);
const european = plainGroup('european', 1, { pins: { vendors: [], regions: [], geos: ['eu'] } });
const batch = plainGroup('batch', 1, { movement: 'free', waitClass: 'batch' });
/** Only those who are pinned want more than is foreseen. */
const pools: readonly PooledError[] = [
  { gpuType: 'H100', groupIds: [anywhere.groupId, batch.groupId], quantiles: [{ level: 0.99, gpus: 0 }] },
  { gpuType: 'H100', groupIds: [european.groupId], quantiles },
];

const preparedFor = (pooledErrors: readonly PooledError[]): Prepared =>
  prepare({
    at: 0,
    offers: [
      plainOffer('american', 4, 8),
      plainOffer('european', 4, 8, { region: 'eu-1', zone: 'eu-1a', geo: 'eu' }),
    ],
    quotas: [],
    commitments: [],
    groups: [anywhere, european, batch],
    forecast: {
      madeAt: 0,
      groups: [anywhere, european, batch].map(({ groupId }) => ({
        groupId,
        periods: [4, 4].map((expectedContainers) => ({ expectedContainers, quantiles: [] })),
      })),
      pooledErrors,
    },
    fleet: { seenAt: 0, holdings: [], running: [] },
    policy: { ...defaultPolicy, horizon: { periodsMs: [15 * MINUTE_MS, 15 * MINUTE_MS] } },
  });

/** What is missing in the second period of a fleet that was held in the first, by groups that stand in a place. */
const lossOf = (
  pooledErrors: readonly PooledError[],
  nodes: Readonly<{ american: number; european: number }>,
  standing: Readonly<Record<string, 'american' | 'european'>>,
) => {
  const prepared = preparedFor(pooledErrors);
  const placeOf = (cell: number): string => prepared.units.find((unit) => unit.cell === cell)!.offer.offerId;
  const counts = exactCounts(prepared, {
    nodes: prepared.units.map(({ offer }) => {
      const count = nodes[offer.offerId as 'american' | 'european'];
      return Float64Array.of(count, count);
    }),
    served: prepared.pairs.map(({ group, cell }) => {
      const stands = standing[prepared.groups[group]!.group.groupId] === placeOf(cell) ? 4 : 0;
      return Float64Array.of(stands, stands);
    }),
  });
  return countBuffers(prepared, counts).map(({ missing, charged, cost }) => ({
    missing: missing.map((gpus) => gpus / 1000),
    charged: charged[1]! / 1000,
    isPriced: Number(cost[1]) > 0,
  }));
};

const served = { anywhere: 'american', european: 'european' } as const;

describe('idle slots', () => {
  const none = { missing: [0, 0], charged: 0, isPriced: false };
  const all = { missing: [0, 4], charged: 4, isPriced: true };

  it('are of no use to those who may not stand there', () => {
    const idleInAmerica = { american: 2, european: 1 };
    expect(lossOf([whole], idleInAmerica, served)).toEqual([none]);
    expect(lossOf(pools, idleInAmerica, served)).toEqual([all]);
    expect(lossOf(pools, { american: 1, european: 2 }, served)).toEqual([none]);
  });

  it('need not be idle for those who are pinned, where containers stand that move freely and may wait', () => {
    const nodes = { american: 1, european: 2 };
    const withBatch = { ...served, batch: 'european' } as const;
    expect(lossOf([whole], nodes, withBatch)).toEqual([all]);
    expect(lossOf(pools, nodes, withBatch)).toEqual([none]);
  });
});

describe('idle slots that are missing of some of a pool', () => {
  const inner: PooledError = { gpuType: 'H100', groupIds: [anywhere.groupId], quantiles };
  const outer: PooledError = { ...inner, groupIds: [anywhere.groupId, batch.groupId] };
  const nobody = { american: 1, european: 1 };

  it('are missing of the pool too, and are charged once', () => {
    expect(lossOf([inner, outer], nobody, served)).toEqual([
      { missing: [0, 4], charged: 4, isPriced: true },
      { missing: [0, 4], charged: 0, isPriced: false },
    ]);
  });

  it('are charged with both where neither is for some of the other alone', () => {
    const other = { ...outer, groupIds: [european.groupId, batch.groupId] };
    expect(lossOf([inner, other], nobody, served).map(({ charged }) => charged)).toEqual([4, 4]);
  });
});

describe('of what would ever be needed', () => {
  const gpu = { gpus: 1, missingMicroUsdPerHour: 10 };
  type Node = readonly [slots: number, microUsdPerHour: number, purchase?: 'spot' | 'on-demand'];
  const paying = (steps: readonly (typeof gpu)[], nodes: readonly Node[], maxSpotShare = 0.5) => {
    const { units, buffers, problem } = preparedFor([whole]);
    const policy = { ...problem.policy, buffer: { ...problem.policy.buffer, maxSpotShare } };
    const places = nodes.map(([slots, listMicroUsdPerHour, purchase = 'on-demand'], index) => ({
      ...units[0]!,
      index,
      slots,
      offer: { ...units[0]!.offer, purchase },
      prices: { ...units[0]!.prices, listMicroUsdPerHour, qualityMicroUsdPerHour: 0 },
    }));
    const totalGpus = steps.reduce((sum, { gpus }) => sum + gpus, 0);
    return payingGpus(
      { ...buffers[0]!, steps, totalGpus, units: places.map(({ index }) => index) },
      { problem: { ...problem, policy }, units: places },
    );
  };

  it('what is needed seldom does not pay', () => {
    expect(
      paying(
        [
          { ...gpu, gpus: 4 },
          { gpus: 400, missingMicroUsdPerHour: 1 },
        ],
        [[1, 9]],
      ),
    ).toBe(4);
  });

  it('a node pays by all of its slots, not by the first', () => {
    const first = { gpus: 2, missingMicroUsdPerHour: 20 };
    expect(paying([first, { gpus: 6, missingMicroUsdPerHour: 1 }], [[8, 47]])).toBe(0);
    expect(paying([first, { gpus: 6, missingMicroUsdPerHour: 1 }], [[8, 45]])).toBe(8);
    expect(paying([first], [[8, 45]])).toBe(0);
    expect(paying([first], [[8, 39]])).toBe(2);
  });

  it('the place where most pays is asked', () => {
    expect(
      paying(
        [{ ...gpu, gpus: 12 }],
        [
          [8, 81],
          [4, 39],
          [1, 11],
        ],
      ),
    ).toBe(12);
    expect(paying([{ ...gpu, gpus: 12 }], [])).toBe(0);
  });

  it('a spot node is asked only where a buffer may stand on spot nodes alone', () => {
    expect(
      paying(
        [{ ...gpu, gpus: 4 }],
        [
          [1, 4, 'spot'],
          [1, 11],
        ],
      ),
    ).toBe(0);
    expect(
      paying(
        [{ ...gpu, gpus: 4 }],
        [
          [1, 4, 'spot'],
          [1, 11],
        ],
        1,
      ),
    ).toBe(4);
  });

  it('only what pays is missed', () => {
    const buffer = (missing: number) => ({
      gpuType: 'H100',
      wanted: [0, 400],
      missing: [0, missing],
      paying: 4,
    });
    expect([396, 398, 400, 420].map((missing) => missingThatPays(buffer(missing)))).toEqual([0, 2, 4, 4]);
  });
});
