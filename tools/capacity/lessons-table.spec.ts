import { lessonsTable } from './lessons-table.ts';

test('without a start there is no lesson', () => {
  expect(lessonsTable({ items: [] })).toContain('nothing was learnt');
});

test('a refusal shows how many nodes there were, and until when that is believed', () => {
  const shown = lessonsTable({
    items: [
      {
        ...{ offerId: 'aws/p5', starts: 2, successes: 1, refusalsInARow: 1 },
        restsUntilAt: '2026-11-22T12:01:00Z',
        cap: { nodes: 3, believedUntilAt: '2026-11-22T12:30:00Z' },
      },
      { offerId: 'gcp/a3', starts: 1, successes: 1, refusalsInARow: 0 },
    ],
  });
  expect(shown).toMatch(/aws\/p5 +2 +50\.00 % +1 +2026-11-22T12:01:00Z +3 nodes +2026-11-22T12:30:00Z/);
  expect(shown).toMatch(/gcp\/a3 +1 +100\.00 % +0 +- +- +-/);
});
