import { hostsTable, type HostsAnswer } from './hosts-table.ts';

const refused = (hostId: string, because: string): HostsAnswer['items'][number] => ({
  ...{ hostId, offerId: 'aws/us-east-1/a/p5/spot', status: 'refused', simulated: false },
  ...{ refused: { code: 'no-capacity', because }, askedAt: '2026-11-21T12:00:00Z' },
  ...{ billedSeconds: 0, costMicroUsd: 0, microUsdPerHour: 0 },
});

const page = { total: 2, nextCursor: null, heldTotal: 0, driftsTotal: 0 };
const none = { coveredMicroUsd: 0, coveredMicroUsdPerHour: 0, paidMicroUsdPerHour: 0 };

test('what commitments cover is said beside what hosts cost at list prices', () => {
  const sums = {
    ...page,
    items: [],
    held: [],
    drifts: [],
    costMicroUsd: 9_000_000,
    microUsdPerHour: 3_000_000,
  };
  const commitments = {
    coveredMicroUsd: 6_000_000,
    coveredMicroUsdPerHour: 2_000_000,
    paidMicroUsdPerHour: 1_500_000,
  };
  expect(hostsTable({ ...sums, commitments })).toMatch(
    /\$9.00 so far, \$3.00 an hour now\n.*cover \$6.00 so far, \$2.00 an hour now; they cost \$1.50 an hour/,
  );
  expect(hostsTable({ ...sums, commitments: none })).not.toContain('commitments');
});

test('a refused host shows why, and the newest words of its vendor once for each offer', () => {
  const items = [
    refused('wo-2', 'InsufficientInstanceCapacity in us-east-1a'),
    refused('wo-1', 'an older word'),
  ];
  const shown = hostsTable({
    ...{ ...page, items, held: [], drifts: [], costMicroUsd: 0, microUsdPerHour: 0, commitments: none },
  });
  expect(shown.match(/refused: no-capacity/g)).toHaveLength(2);
  expect(shown).toContain(
    'refused: aws/us-east-1/a/p5/spot: no-capacity: InsufficientInstanceCapacity in us-east-1a',
  );
  expect(shown).not.toContain('an older word');
});

test('a host shows what is wrong with it, and what was wrong within the last day is told', () => {
  const drift = { hostId: 'wo-1', seenBy: 'aws', foundAt: '2026-11-21T12:00:00Z' };
  const shown = hostsTable({
    ...page,
    items: [{ ...refused('wo-1', ''), status: 'running', refused: undefined, drifts: ['bought-twice'] }],
    ...{ held: [], costMicroUsd: 0, microUsdPerHour: 0, commitments: none },
    drifts: [
      { ...drift, kind: 'bought-twice', message: 'v-2 carries the mark of v-1' },
      { ...drift, kind: 'gone', endedAt: '2026-11-21T12:01:00Z', message: 'it is listed no more' },
    ],
  });
  expect(shown).toContain('running, bought-twice');
  expect(shown).toContain('drift: wo-1 bought-twice (aws), since 2026-11-21T12:00:00Z: v-2 carries');
  expect(shown).toContain('gone (aws), 2026-11-21T12:00:00Z to 2026-11-21T12:01:00Z: it is listed no more');
});

test('where more is held, or more is wrong, than is told at once, it says so', () => {
  const sums = { items: [], costMicroUsd: 0, microUsdPerHour: 0, commitments: none };
  const drift = {
    hostId: 'wo-1',
    seenBy: 'aws',
    foundAt: '2026-11-21T12:00:00Z',
    kind: 'gone',
    message: 'x',
  };
  const held = { action: 'stop', subject: 'wo-1', heldBy: 'freeze', because: 'x' };
  const shown = hostsTable({
    ...{ ...page, ...sums, held: [held], heldTotal: 3, drifts: [drift], driftsTotal: 2 },
  });
  expect(shown).toContain('1 of 2 drifts');
  expect(shown).toContain('1 of 3 changes that are held');
  expect(hostsTable({ ...page, ...sums, held: [], drifts: [] })).not.toMatch(/drifts|held/);
});

test('where there are more hosts than are shown, it says so and how they are', () => {
  const sums = {
    ...page,
    ...{ held: [], drifts: [], costMicroUsd: 0, microUsdPerHour: 0, commitments: none },
  };
  const items = [refused('wo-2', 'none left')];
  expect(hostsTable({ ...sums, items, total: 2, nextCursor: 'over.1.wo-2' })).toContain(
    '1 of 2 hosts; --all shows all',
  );
  expect(hostsTable({ ...sums, items, total: 1, nextCursor: null })).not.toContain('--all');
});
