import { specOf } from '../testing/samples.testing.js';
import { withOverrides } from './with-overrides.js';

test('what a variant does not name is as the definition has it, setting by setting', () => {
  const definition = specOf({
    resources: { milliCpu: 2_000, memoryMiB: 512, gpus: [{ type: 'H100', count: 1 }] },
    autoscaler: { ...specOf().autoscaler, minContainers: 2 },
    placement: { regions: ['us'], preemption: 'refused' },
  });
  expect(withOverrides(definition, {})).toEqual(definition);
  const overrides = {
    resources: { memoryMiB: 1_024 },
    autoscaler: { maxContainers: 3 },
    placement: { vendors: ['aws'] },
  };
  expect(withOverrides(definition, overrides)).toEqual({
    ...definition,
    resources: { ...definition.resources, memoryMiB: 1_024 },
    autoscaler: { ...definition.autoscaler, maxContainers: 3 },
    placement: { regions: ['us'], vendors: ['aws'], preemption: 'refused' },
  });
});

test('a pin to a definition without one leaves preemption tolerated', () => {
  expect(withOverrides(specOf(), { placement: { regions: ['eu'] } }).placement).toEqual({
    regions: ['eu'],
    preemption: 'tolerated',
  });
});

test('a limit of the definition below what the variant asks for goes, one above it stays', () => {
  const limits = { milliCpuLimit: 2_000, memoryLimitMiB: 1_024 };
  const definition = specOf({ resources: { milliCpu: 1_000, memoryMiB: 512, gpus: [], ...limits } });
  const resourcesWith = (said: object) => withOverrides(definition, { resources: said }).resources;
  expect(resourcesWith({ milliCpu: 8_000 })).toEqual({
    milliCpu: 8_000,
    memoryMiB: 512,
    gpus: [],
    memoryLimitMiB: 1_024,
  });
  expect(resourcesWith({ memoryMiB: 2_048 })).toEqual({
    milliCpu: 1_000,
    memoryMiB: 2_048,
    gpus: [],
    milliCpuLimit: 2_000,
  });
  expect(resourcesWith({ memoryMiB: 1_024 })).toMatchObject(limits);
});

test('a target is never above the inputs that a container takes', () => {
  const definition = specOf({ maxConcurrentInputs: 4, targetConcurrentInputs: 3 });
  expect(withOverrides(definition, { targetConcurrentInputs: 9 }).targetConcurrentInputs).toBe(4);
});
