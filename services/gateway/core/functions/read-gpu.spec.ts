import { GPU_TYPES } from '@slipway/contracts';
import { isRefusal } from '@slipway/kernel';
import { readGpu } from './read-gpu.js';

const asked = (gpuType: string, count = 1, type = 0) => readGpu({ gpuType, count, type });

test.each(GPU_TYPES)('%s is a type by its own name, in any case', (name) => {
  expect(asked(name)).toEqual({ type: name, count: 1 });
  expect(asked(name.toLowerCase())).toEqual({ type: name, count: 1 });
});

test.each([
  ['A10G', 'A10'],
  ['A100', 'A100-40GB'],
  ['H100!', 'H100'],
  ['ANY', 'any'],
])('%s means %s', (name, type) => {
  expect(asked(name)).toEqual({ type, count: 1 });
});

test('the count comes from the name or from its own field', () => {
  expect(asked('H100:2')).toEqual({ type: 'H100', count: 2 });
  expect(asked('H100', 4)).toEqual({ type: 'H100', count: 4 });
});

test('an old client names the type by a number', () => {
  expect(asked('', 1, 10)).toEqual({ type: 'H100', count: 1 });
  expect(asked('', 0, 10)).toEqual({ type: 'H100', count: 1 });
});

test('nothing asked is nothing needed', () => {
  expect(readGpu(undefined)).toBeUndefined();
  expect(asked('')).toBeUndefined();
});

test('an unknown name is refused with the names that exist', () => {
  const refusal = asked('FOO');
  expect(refusal).toMatchObject({ refused: 'invalid', code: 'unknown-gpu' });
  for (const name of GPU_TYPES) expect(isRefusal(refusal) && refusal.message).toContain(name);
});

test.each(['H100:0', 'H100:9', 'H100:x', 'H100:1.5'])('%s has no possible count', (name) => {
  expect(asked(name)).toMatchObject({ code: 'gpu-count' });
});

test.each([0, 9])('%s GPUs, which a client read from a name, are no possible count', (count) => {
  expect(asked('H100', count)).toMatchObject({ code: 'gpu-count' });
});
