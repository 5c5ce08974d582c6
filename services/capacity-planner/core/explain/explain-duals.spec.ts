import { prepare } from '../model/prepare.js';
import { defaultPolicy } from '../policy.js';
import { buildProgram } from '../program/build-program.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { bindingRules } from './explain-duals.js';

const MINUTE_MS = 60_000;
const quantiles = [
  { level: 0.5, gpus: 0 },
  { level: 0.99, gpus: 4 },
];
const groups = ['one', 'two', 'three', 'four'].map((name) => plainGroup(name, 1));
const groupIds = groups.map(({ groupId }) => groupId);
const prepared = prepare({
  ...{ at: 0, offers: [plainOffer('node', 4, 8)], quotas: [], commitments: [], groups },
  forecast: {
    madeAt: 0,
    groups: groupIds.map((groupId) => ({
      groupId,
      periods: [4, 4].map((expectedContainers) => ({ expectedContainers, quantiles: [] })),
    })),
    pooledErrors: [
      { gpuType: 'H100', groupIds: groupIds.slice(0, 1), quantiles },
      { gpuType: 'H100', groupIds, quantiles },
    ],
  },
  fleet: { seenAt: 0, holdings: [], running: [] },
  policy: {
    ...defaultPolicy,
    buffer: { ...defaultPolicy.buffer, maxSpotShare: 0.25 },
    // The next period lasts twice as long: what a GPU costs in it is told by the hour all the same.
    horizon: { periodsMs: [15 * MINUTE_MS, 30 * MINUTE_MS] },
  },
});
const { program, layout } = buildProgram(prepared, { periods: 0, flows: 'continuous' });
const costOf = (dual: (ladder: number) => Readonly<{ all?: number; firm?: number }>) => {
  const rows = new Float64Array(program.rows);
  layout.bufferRows.forEach(({ all, firm }, ladder) => {
    rows[all[1]!] = dual(ladder).all ?? 0;
    rows[firm[1]!] = dual(ladder).firm ?? 0;
  });
  return bindingRules(prepared, layout, { rows, columns: new Float64Array(program.columns) });
};

describe('one GPU less of a buffer', () => {
  it('saves by the hour what it costs to hold it idle', () => {
    expect(costOf(() => ({ all: 1 }))).toMatchObject([
      { name: 'buffer', unit: 'gpu', savesMicroUsdPerHour: 2_000_000 },
      { name: 'buffer', unit: 'gpu', savesMicroUsdPerHour: 2_000_000 },
    ]);
  });

  it('saves its share of a firm one where too few of the idle nodes are firm', () => {
    expect(costOf(() => ({ firm: 1 }))).toMatchObject([
      { savesMicroUsdPerHour: 1_500_000 },
      { savesMicroUsdPerHour: 1_500_000 },
    ]);
  });

  it('is told with those whom the buffer is for', () => {
    const dearerWithin = costOf((ladder) => ({ all: 2 - ladder }));
    expect(dearerWithin.map(({ subject }) => subject)).toEqual([
      `H100 for ${groupIds[0]}`,
      `H100 for ${groupIds[0]}, ${groupIds[1]} and 2 more`,
    ]);
  });
});
