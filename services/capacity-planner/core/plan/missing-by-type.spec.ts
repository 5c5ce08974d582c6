import type { BufferPlan } from './plan.js';
import { missingByType } from './missing-by-type.js';

/** A pool of which as many are missing as would pay. */
const pool = (missing: number, groupIds?: readonly string[], gpuType = 'H100'): BufferPlan => ({
  ...{ gpuType, wanted: [0, missing], missing: [0, missing], paying: missing },
  ...(groupIds && { groupIds }),
});
const missingOf = (...pools: readonly BufferPlan[]) => Object.fromEntries(missingByType(pools));

test('pools of which none lies within another lack what they lack together', () => {
  expect(missingOf(pool(2, ['a']), pool(3, ['b', 'c']))).toEqual({ H100: 5 });
  expect(missingOf(pool(2), pool(3, ['b'], 'A100'))).toEqual({ H100: 2, A100: 3 });
  expect(missingOf(pool(0))).toEqual({ H100: 0 });
  expect(missingOf()).toEqual({});
});

test('what is missing of a pool within another is missing once', () => {
  expect(missingOf(pool(4, ['a']), pool(4, ['a', 'b']))).toEqual({ H100: 4 });
  expect(missingOf(pool(6, ['a']), pool(4, ['a', 'b']))).toEqual({ H100: 6 });
  expect(missingOf(pool(4, ['a']), pool(4))).toEqual({ H100: 4 });
  expect(missingOf(pool(4, ['a', 'b']), pool(4, ['b', 'a']))).toEqual({ H100: 4 });
});

test('pools side by side within another may lack more than it does', () => {
  const side = [pool(2, ['a']), pool(3, ['b'])];
  expect(missingOf(...side, pool(4, ['a', 'b', 'c']), pool(1, ['d']))).toEqual({ H100: 6 });
  expect(missingOf(pool(9, ['a', 'b', 'c']), ...side)).toEqual({ H100: 9 });
});

test('only what pays counts: of the outer pool and the inner one each by itself', () => {
  const outer: BufferPlan = { gpuType: 'H100', wanted: [0, 400], missing: [0, 398], paying: 4 };
  expect(missingOf(outer, pool(1, ['a']))).toEqual({ H100: 2 });
});
