import type { FunctionSpec } from '@slipway/contracts';
import { readFunctionOverrides } from './read-function-overrides.js';

const base: FunctionSpec = {
  tag: 'f',
  imageId: 'im-1',
  mountIds: [],
  secretIds: ['st-base'],
  resources: { milliCpu: 500, memoryMiB: 256, gpus: [{ type: 'H100', count: 1 }] },
  timeoutMs: 300_000,
  startupTimeoutMs: 300_000,
  autoscaler: { minContainers: 1, maxContainers: 0, bufferContainers: 0, scaledownWindowMs: 60_000 },
  maxConcurrentInputs: 1,
  targetConcurrentInputs: 1,
  network: 'open',
  lifetime: 'reused',
  purpose: 'serve',
};
const nothing = { secretIds: [], replaceSecretIds: false };

test('parameters alone change nothing', () => {
  expect(readFunctionOverrides(base, undefined)).toEqual({});
  expect(readFunctionOverrides(base, nothing)).toEqual({});
});

test('resources that are not named stay as they were', () => {
  const resources = { memoryMb: 1024, milliCpu: 0, memoryMbMax: 0, ephemeralDiskMb: 0, milliCpuMax: 0 };
  expect(readFunctionOverrides(base, { ...nothing, resources })).toEqual({
    resources: { milliCpu: 500, memoryMiB: 1024, gpus: [{ type: 'H100', count: 1 }] },
  });
});

test('one changed autoscaler setting leaves the others', () => {
  expect(readFunctionOverrides(base, { ...nothing, concurrencyLimit: 3 })).toEqual({
    autoscaler: { ...base.autoscaler, maxContainers: 3 },
  });
});

test('secrets replace the old ones only when there are new ones or when it is said so', () => {
  expect(readFunctionOverrides(base, { ...nothing, secretIds: ['st-new'] })).toEqual({
    secretIds: ['st-new'],
  });
  expect(readFunctionOverrides(base, { secretIds: [], replaceSecretIds: true })).toEqual({ secretIds: [] });
});
