import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyCatalogue, faultText, refreshCatalogue } from '@slipway/capacity-planner-core';
import { readCatalogueFolder } from './read-catalogue-folder.js';

const at = Date.parse('2026-11-21T12:00:00Z');

test('our own catalogue has no fault, at least twelve vendors, and every GPU that functions ask for', async () => {
  const { rows, faults } = await readCatalogueFolder(join(import.meta.dirname, '../catalogues'));
  const read = refreshCatalogue(emptyCatalogue, { rows, at });
  expect([...faults, ...read.faults].map(faultText)).toEqual([]);
  const offers = [...read.catalogue.offers.values()];
  expect(new Set(offers.map(({ vendor }) => vendor)).size).toBeGreaterThanOrEqual(12);
  const gpus = new Set(offers.map(({ shape }) => shape.gpuType));
  for (const gpu of ['T4', 'L4', 'A10', 'L40S', 'A100-40GB', 'A100-80GB', 'H100', 'H200', 'B200', 'B300'])
    expect(gpus).toContain(gpu);
  expect(read.catalogue.terms.every(({ basis }) => basis === 'planning-value')).toBe(true);
});

describe('a folder of catalogues', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-catalogue-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('may have YAML, with defaults; a broken file and an unknown field are named, the rest is read', async () => {
    await writeFile(
      join(folder, 'own.yaml'),
      [
        'defaults: { vendor: own, region: hall-1, geo: eu, source: our contract, priced_on: 2026-10-01 }',
        'offers:',
        '  - { instance_type: rack, gpu: H100, gpu_count: 8, vcpus: 192, memory_gib: 2048, on_demand_usd: 24.10 }',
        '  - instance_type: shelf',
        '    gpu: L4',
        '    gpu_count: 1',
        '    vcpus: 8',
        '    memory_gib: 32',
        '    on_demand_usd: 0.90',
        '    colour: red',
      ].join('\n'),
    );
    await writeFile(join(folder, 'broken.yaml'), 'offers: [a: b: c');
    await writeFile(join(folder, 'notes.txt'), 'not a catalogue');
    const { rows, faults } = await readCatalogueFolder(folder);
    expect(faults.map(({ file, line, field }) => ({ file, line, field }))).toEqual([
      { file: 'broken.yaml', line: 1, field: 'file' },
      { file: 'own.yaml', line: 4, field: 'colour' },
    ]);
    const { catalogue } = refreshCatalogue(emptyCatalogue, { rows, at });
    expect([...catalogue.offers.values()]).toMatchObject([
      { instanceType: 'rack', billing: { priceMicroUsdPerNodeHour: 24_100_000 } },
      { instanceType: 'shelf', billing: { priceMicroUsdPerNodeHour: 900_000 } },
    ]);
  });
});
