import { eventsTable } from './events-table.ts';

const at = '2026-11-22T12:00:00Z';

test('nothing that happened is said', () => {
  expect(eventsTable({ items: [], nextCursor: null })).toContain('Nothing has happened');
});

test('an event shows what it is of, and all that belongs to it', () => {
  const shown = eventsTable({
    items: [
      {
        ...{ position: 3, at, type: 'capacity-host-asked', hostId: 'h-1', planId: 'pl-1' },
        because: 'serves 9',
      },
      {
        ...{ position: 2, at, type: 'capacity-offers-excluded', by: 'ada', reason: 'a fire' },
        filter: { vendor: 'aws', gpuType: 'H100' },
      },
      { position: 1, at, type: 'capacity-guardrails-set', by: 'ada', guardrails: { maxStartsPerCycle: 7 } },
    ],
    nextCursor: '1',
  });
  expect(shown).toMatch(/host-asked +h-1 +planId pl-1, because serves 9/);
  expect(shown).toMatch(/offers-excluded +- +by ada, reason a fire, vendor=aws,gpu=H100/);
  expect(shown).toContain('guardrails {"maxStartsPerCycle":7}');
  expect(shown).toContain('3 events, and there are more; --all shows all');
});
