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

test('a verdict shows whose it is, and the reason', () => {
  const shown = eventsTable({
    items: [
      {
        ...{ position: 1, at, type: 'capacity-plan-decided', planId: 'pl-1', verdict: 'rejected' },
        ...{ by: 'ada', reason: 'too dear' },
      },
    ],
    nextCursor: null,
  });
  expect(shown).toMatch(/plan-decided +pl-1 +verdict rejected, by ada, reason too dear/);
});

test('what was committed to is named, and a pin says of what and until when', () => {
  const shown = eventsTable({
    items: [
      {
        ...{ position: 2, at, type: 'capacity-commitment-recorded', kind: 'nodes', commitmentId: 'ri-1' },
        ...{ vendor: 'aws', nodes: 4, endsAt: '2027-11-01T00:00:00.000Z', by: 'ada' },
      },
      {
        ...{ position: 1, at, type: 'capacity-offers-pinned', filter: { gpuType: 'H100' }, least: 2 },
        ...{ until: '2026-12-01T00:00:00.000Z', by: 'ada', reason: 'a launch' },
      },
    ],
    nextCursor: null,
  });
  expect(shown).toMatch(/commitment-recorded +ri-1 +kind nodes, vendor aws, nodes 4, endsAt 2027-11-01/);
  expect(shown).toMatch(/offers-pinned +- +gpu=H100, least 2, until 2026-12-01\S+, by ada, reason a launch/);
});
