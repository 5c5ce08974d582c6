import { WantedMeter } from './wanted-meter.js';

const STEP = 300_000;

test('of what is wanted of bought hosts, what finds no room is metered beside it', () => {
  const meter = new WantedMeter(STEP);
  meter.set(new Map([['a', { bought: 2, own: 5, lacking: 4 }]]), 0);
  meter.set(new Map([['a', { bought: 6, own: 5, lacking: 0 }]]), STEP / 2);
  expect(meter.advance(2 * STEP)).toEqual([
    { startsAt: 0, containers: { a: 6 }, lacking: { a: 2 } },
    { startsAt: STEP, containers: { a: 6 }, lacking: {} },
  ]);
});

test('a jump of the clock is a hole in both', () => {
  const meter = new WantedMeter(STEP);
  meter.set(new Map([['a', { bought: 0, own: 0, lacking: 1 }]]), 0);
  expect(meter.advance(100 * 3_600_000)).toEqual([]);
  expect(meter.advance(100 * 3_600_000 + STEP)).toHaveLength(1);
});
