import { hostsTable, type HostsAnswer } from './hosts-table.ts';

const refused = (hostId: string, because: string): HostsAnswer['items'][number] => ({
  ...{ hostId, offerId: 'aws/us-east-1/a/p5/spot', status: 'refused', simulated: false },
  ...{ refused: { code: 'no-capacity', because }, askedAt: '2026-11-21T12:00:00Z' },
  ...{ billedSeconds: 0, costMicroUsd: 0, microUsdPerHour: 0 },
});

test('a refused host shows why, and the newest words of its vendor once for each offer', () => {
  const items = [
    refused('wo-2', 'InsufficientInstanceCapacity in us-east-1a'),
    refused('wo-1', 'an older word'),
  ];
  const shown = hostsTable({ items, held: [], costMicroUsd: 0, microUsdPerHour: 0 });
  expect(shown.match(/refused: no-capacity/g)).toHaveLength(2);
  expect(shown).toContain(
    'refused: aws/us-east-1/a/p5/spot: no-capacity: InsufficientInstanceCapacity in us-east-1a',
  );
  expect(shown).not.toContain('an older word');
});
