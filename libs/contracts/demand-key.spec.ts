import fc from 'fast-check';
import { demandKeyOf, demandShapeOf, shapeOfDemandKey, type DemandShape } from './demand-key.js';
import { mayPlace, type HostLabels } from './placement.js';

const shapes: fc.Arbitrary<DemandShape> = fc.record({
  gpuTypes: fc.subarray(['H100', 'H200', 'A100-80GB', 'RTX-PRO-6000', 'any']),
  gpusPerContainer: fc.constantFrom(0, 1, 2, 4, 8),
  milliCpu: fc.constantFrom(125, 187.5, 1_000, 96_000),
  memoryMiB: fc.constantFrom(128, 192, 32_768),
  regions: fc.subarray(['eu', 'us-east-1']),
  vendors: fc.subarray(['aws', 'nebius']),
  spotTolerated: fc.boolean(),
  latencyClass: fc.constantFrom('interactive', 'batch', 'background'),
  priority: fc.constantFrom('standard', 'high'),
});

test('a key says the whole shape', () => {
  fc.assert(fc.property(shapes, (shape) => expect(shapeOfDemandKey(demandKeyOf(shape))).toEqual(shape)));
});

test.each(['', 'gpu:', 'gpu:H100x1', 'cpu:1 mem:2', 'gpu:nonex0 cpu:x mem:128 class:batch'])(
  '%j is no key',
  (text) => expect(shapeOfDemandKey(text)).toBeUndefined(),
);

test('near sizes are one group, and a class holds all that falls into it', () => {
  const shapeOf = (milliCpu: number) =>
    demandShapeOf({ resources: { milliCpu, memoryMiB: 100, gpus: [] }, purpose: 'serve' });
  expect(shapeOf(900).milliCpu).toBe(1_000);
  expect(shapeOf(1_001).milliCpu).toBe(1_500);
  expect(shapeOf(1_501).milliCpu).toBe(2_000);
  expect(shapeOf(1).memoryMiB).toBe(128);
});

describe('whether a host may take a container', () => {
  const host: HostLabels = {
    hostId: 'h-1',
    offerId: 'o-1',
    vendor: 'gcp',
    region: 'europe-west4',
    geo: 'eu',
    instanceType: 'g2',
    purchase: 'spot',
  };
  test.each([
    [{ preemption: 'tolerated' }, true],
    [{ preemption: 'refused' }, false],
    [{ preemption: 'tolerated', regions: ['eu'] }, true],
    [{ preemption: 'tolerated', regions: ['europe-west4', 'us'] }, true],
    [{ preemption: 'tolerated', regions: ['us', 'europe-west'] }, false],
    [{ preemption: 'tolerated', vendors: ['aws'] }, false],
    [{ preemption: 'tolerated', vendors: ['aws', 'gcp'], regions: ['eu'] }, true],
  ] as const)('%j: %s', (need, may) => expect(mayPlace(need, host)).toBe(may));

  test("a site's own machine, which has no labels, takes every pin", () => {
    expect(mayPlace({ regions: ['eu'], preemption: 'refused' }, undefined)).toBe(true);
  });
});
