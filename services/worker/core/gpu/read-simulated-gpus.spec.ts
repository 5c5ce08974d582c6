import { chooseGpus } from '@slipway/contracts';
import { readSimulatedGpus } from './read-simulated-gpus.js';

const offered = (...entries: string[]) => readSimulatedGpus('GPUS', entries);

test.each([
  ['H100:1', 'H100'],
  ['h100:1', 'H100'],
  ['A10G:1', 'A10'],
  ['A100:1', 'A100-40GB'],
])('%s is offered to those who ask for %s', (entry, type) => {
  expect(chooseGpus({ type, count: 1 }, offered(entry))).toEqual([0]);
});

test('several types are several devices, in order', () => {
  expect(offered('H100:2', 'MI300X:1')).toEqual([
    { index: 0, type: 'H100', simulated: true },
    { index: 1, type: 'H100', simulated: true },
    { index: 2, type: 'MI300X', simulated: true },
  ]);
});

test.each(['H100', 'H100:x', ':8', 'H100:100'])('%j is refused', (entry) => {
  expect(() => offered(entry)).toThrow(`GPUS has '${entry}', but must be a type and a count, such as H100:8`);
});
