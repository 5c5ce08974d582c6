import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minorsOf, nodeAt } from './device-nodes.js';

let root: string;
let places: Readonly<{ proc: string; dev: string }>;
const gpu = (index: number) => ({
  index,
  uuid: `GPU-${index}`,
  name: 'NVIDIA H100 80GB HBM3',
  memoryMiB: 81_559,
  busId: `0000:0${index}:00.0`,
  cut: 'whole' as const,
});
const kernelSays = (busId: string, minor: number): void => {
  mkdirSync(join(places.proc, busId), { recursive: true });
  writeFileSync(join(places.proc, busId, 'information'), `Model: \t\t NVIDIA\nDevice Minor: \t ${minor}\n`);
};
const nodesAre = (...names: readonly string[]): void => {
  for (const name of names) writeFileSync(join(places.dev, name), '');
};
const minors = (...indexes: readonly number[]) => [...minorsOf(indexes.map(gpu), places).values()];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-nodes-'));
  places = { proc: join(root, 'gpus'), dev: join(root, 'dev') };
  mkdirSync(places.dev);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('which node is whose', () => {
  test('is what the kernel says', () => {
    kernelSays('0000:00:00.0', 5);
    kernelSays('0000:01:00.0', 2);
    expect(minors(0, 1)).toEqual([5, 2]);
  });

  test('follows from the nodes that there are, where the kernel shows nothing', () => {
    nodesAre('nvidia6', 'nvidiactl', 'nvidia-uvm');
    expect(minors(0)).toEqual([6]);
  });

  test('is the index where nothing else is known', () => {
    nodesAre('nvidia0', 'nvidia1', 'nvidia2');
    expect(minors(0, 1)).toEqual([0, 1]);
  });
});

test('a file in the place of a device is none', () => {
  nodesAre('nvidia0');
  expect(nodeAt(join(places.dev, 'nvidia0'))).toBeUndefined();
  expect(nodeAt(join(places.dev, 'nvidia1'))).toBeUndefined();
  expect(nodeAt('/dev/null')).toEqual({ path: '/dev/null', major: 1, minor: 3 });
});
