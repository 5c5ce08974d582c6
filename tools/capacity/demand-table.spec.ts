import { demandTable } from './demand-table.ts';
import type { DemandAnswer } from './plan-answers.ts';

const group: DemandAnswer['items'][number] = {
  ...{ demandKey: 'gpu:H100x1', gpuTypes: ['H100'], gpusPerContainer: 1, milliCpu: 1, memoryMiB: 1 },
  ...{ regions: [], vendors: [], spotTolerated: true, latencyClass: 'batch', priority: 'standard' },
  ...{ floorContainers: 2, wanted: { bought: 3, own: 0, lacking: 1 } },
  forecast: [
    {
      ...{ startsAt: '2026-11-22T12:00:00Z', lengthMs: 900_000, expectedContainers: 4 },
      quantiles: [
        { level: 0.1, containers: 2 },
        { level: 0.95, containers: 9.5 },
      ],
    },
    { startsAt: '2026-11-22T12:15:00Z', lengthMs: 900_000, expectedContainers: 5, quantiles: [] },
  ],
};

test('nothing wanted is said', () => {
  expect(demandTable({ items: [] })).toContain('Nothing is wanted');
});

test('a group shows its band, its buffer and what a wait costs', () => {
  const shown = demandTable({
    items: [
      {
        ...group,
        buffer: { gpuType: 'H100', wantedGpus: 6, shortageProbability: 0.05 },
        waitPrices: { lateMicroUsdPerContainerHour: 16_000_000, shortMicroUsdPerContainerHour: 40_000_000 },
      },
    ],
  });
  expect(shown).toMatch(/gpu:H100x1 +3 +0 +1 +2 +6 H100, 5\.00 % short +\$16\.00 +\$40\.00 +4 \(2–9\.5\) 5/);
  expect(shown).toContain('in brackets its 10 % and 95 % quantile');
});

test('a group that no plan has seen has neither', () => {
  const shown = demandTable({ items: [{ ...group, forecast: [] }] });
  expect(shown).toMatch(/gpu:H100x1 +3 +0 +1 +2 +- +- +-/);
  expect(shown).not.toContain('brackets');
});
