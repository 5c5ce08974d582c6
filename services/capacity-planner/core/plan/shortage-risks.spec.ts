import fc from 'fast-check';
import type { DemandGroup, GroupId, PooledError } from '../demand/demand-group.js';
import { defaultPolicy } from '../policy.js';
import { plainGroup } from '../testing/plain-parts.js';
import type { BufferPlan, GroupService } from './plan.js';
import { shortageRisks } from './shortage-risks.js';

const error: PooledError = {
  gpuType: 'H100',
  quantiles: [
    { level: 0.5, gpus: 0 },
    { level: 0.9, gpus: 4 },
    { level: 0.99, gpus: 10 },
  ],
};
const serviceOf = (groupId: string, short: number): GroupService => ({
  ...{ groupId: groupId as GroupId, wanted: [4, 4], served: [4, 4], late: [0, 0], lateContainerMs: [0, 0] },
  short: [0, short],
});
const risksOf = (
  buffer: Partial<BufferPlan>,
  { short = 0, groups = [plainGroup('g', 2)], errors = [error] } = {},
) =>
  shortageRisks(
    {
      ...{ groups: groups as DemandGroup[], policy: defaultPolicy },
      forecast: { madeAt: 0, groups: [], pooledErrors: errors },
    },
    {
      buffers: [{ gpuType: 'H100', wanted: [0, 10], missing: [0, 0], ...buffer }],
      service: [serviceOf('g', short)],
    },
  );

test('is the chance of a surprise that is larger than what stands idle', () => {
  expect(risksOf({})[0]!.probability).toBeCloseTo(0.01);
  expect(risksOf({ missing: [0, 6] })[0]!.probability).toBeCloseTo(0.1);
  expect(risksOf({ missing: [0, 8] })[0]!.probability).toBeCloseTo(0.3);
  expect(risksOf({ missing: [0, 10] })[0]!.probability).toBeCloseTo(0.5);
});

test('who is left short as it is makes a surprise of what was expected', () => {
  expect(risksOf({ missing: [0, 6] }, { short: 1 })[0]!.probability).toBeCloseTo(0.3);
  expect(risksOf({ missing: [0, 10] }, { short: 3 })[0]!.probability).toBeCloseTo(0.5);
});

test('names the dearest wait among those whom the buffer is for', () => {
  const groups = [
    plainGroup('g', 1, { waitClass: 'batch' }),
    plainGroup('h', 1, { waitClass: 'background' }),
  ];
  expect(risksOf({}, { groups })[0]!.waitClass).toBe('batch');
  const pinned = { ...error, groupIds: ['h'] as GroupId[] };
  expect(risksOf({ groupIds: ['h'] as GroupId[] }, { groups, errors: [pinned] })).toMatchObject([
    { groupIds: ['h'], waitClass: 'background' },
  ]);
});

test('says nothing where no past error is known, nor of a period in which no buffer counts', () => {
  expect(risksOf({}, { errors: [] })).toEqual([]);
  expect(risksOf({ wanted: [0, 0] })).toEqual([]);
});

test('less that stands idle is never less of a risk', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (one, other) => {
      const [less, more] = [Math.min(one, other) / 10, Math.max(one, other) / 10];
      const chance = (missing: number): number => risksOf({ missing: [0, missing] })[0]!.probability;
      expect(chance(less)).toBeLessThanOrEqual(chance(more));
      expect(chance(more)).toBeLessThanOrEqual(1);
      expect(chance(less)).toBeGreaterThanOrEqual(0);
    }),
  );
});
