import { readRow } from '../catalogue/read-row.js';
import { generatePeriod } from '../simulation/generate/generate-period.js';
import { rowOfOffer } from './row-of-offer.js';

test('every generated offer is the same again as a row of a catalogue', () => {
  const { offers } = generatePeriod({ seed: 4, size: 'small', steps: 2 });
  const nameOf: Readonly<Record<string, string>> = {
    'A100-40': 'A100-40GB',
    'A100-80': 'A100-80GB',
    A10G: 'A10',
  };
  const round = (value: number): number => Number(value.toFixed(6));
  for (const one of offers) {
    const fields = Object.entries(rowOfOffer(one)!).map(([name, value]) => [name, String(value)]);
    const { offers: again, faults } = readRow(
      { file: 'f', line: 1, fields: Object.fromEntries(fields) },
      Date.UTC(2027, 1, 1),
    );
    expect(faults).toEqual([]);
    expect(again[0]).toMatchObject({
      billing: one.billing,
      shape: {
        gpuCount: one.shape.gpuCount,
        gpuType: nameOf[one.shape.gpuType] ?? one.shape.gpuType,
        memoryMiB: one.shape.memoryMiB,
      },
      behaviour: {
        startSuccess: round(one.behaviour.startSuccess),
        preemptionsPerNodeHour: round(one.behaviour.preemptionsPerNodeHour),
      },
    });
  }
});
