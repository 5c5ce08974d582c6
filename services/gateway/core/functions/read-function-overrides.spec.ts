import { isRefusal } from '@slipway/kernel';
import { readFunctionOverrides } from './read-function-overrides.js';

const nothing = { secretIds: [], replaceSecretIds: false };
const noResources = { memoryMb: 0, milliCpu: 0, memoryMbMax: 0, ephemeralDiskMb: 0, milliCpuMax: 0 };
const of = (said: object) => readFunctionOverrides('f', { ...nothing, ...said });

test('what is not said is not in them: clients send resources that name none', () => {
  expect(readFunctionOverrides('f', undefined)).toEqual({});
  expect(of({})).toEqual({});
  expect(of({ resources: noResources })).toEqual({});
});

test('of resources only those that are named', () => {
  expect(of({ resources: { ...noResources, memoryMb: 1024 } })).toEqual({ resources: { memoryMiB: 1024 } });
});

test('of the autoscaler only the settings that are named', () => {
  expect(of({ concurrencyLimit: 3 })).toEqual({ autoscaler: { maxContainers: 3 } });
});

test('secrets replace the old ones only when there are new ones or when it is said so', () => {
  expect(of({ secretIds: ['st-new'] })).toEqual({ secretIds: ['st-new'] });
  expect(of({ replaceSecretIds: true })).toEqual({ secretIds: [] });
});

test('no retries are said as well', () => {
  const retryPolicy = { retries: 0, backoffCoefficient: 1, initialDelayMs: 1_000, maxDelayMs: 60_000 };
  expect(of({ retryPolicy })).toEqual({ retryPolicy });
});

test('regions and clouds are pins; any cloud takes the pin to one away', () => {
  expect(of({ schedulerPlacement: { regions: ['EU'], nonpreemptible: false } })).toEqual({
    placement: { regions: ['eu'] },
  });
  expect(of({ cloudProviderStr: 'aws' })).toEqual({ placement: { vendors: ['aws'] } });
  expect(of({ cloudProviderStr: 'auto' })).toEqual({ placement: { vendors: [] } });
});

test('inputs at once are the target too, unless another is said', () => {
  expect(of({ maxConcurrentInputs: 8 })).toEqual({ maxConcurrentInputs: 8, targetConcurrentInputs: 8 });
  expect(of({ maxConcurrentInputs: 8, targetConcurrentInputs: 5 })).toEqual({
    maxConcurrentInputs: 8,
    targetConcurrentInputs: 5,
  });
});

test.each([
  [{ mountIds: ['mo-1'] }, /'f' has its function's mounts/],
  [{ routingRegion: 'eu-west' }, /'f' asks for routing_region='eu-west'/],
  [{ cloudProviderStr: 'a b' }, /'f' is pinned to 'a b'/],
])('%j is refused by name', (said, message) => {
  const refusal = of(said);
  expect(isRefusal(refusal) && refusal.message).toMatch(message);
});

test('a bucket mount is refused by its path, not left out', () => {
  const cloudBucketMounts = [{ bucketName: 'b', mountPath: '/data' }];
  expect(of({ cloudBucketMounts })).toMatchObject({
    refused: 'unsupported',
    code: 'no-bucket-mounts',
  });
});
