import { offerOf, runningHost } from './acting.samples.testing.js';
import { agreedChanges } from './agreed-changes.js';
import type { Change } from './change.js';

const start = (offerId: string): Change => ({
  ...{ action: 'start', because: '', microUsdPerHour: 1 },
  offer: offerOf(offerId),
});
const drain = (hostId: string): Change => ({
  ...{ action: 'drain', because: '', microUsdPerHour: -1 },
  host: runningHost(hostId, offerOf('a')),
});

test('starts are made as far as both plans want them', () => {
  expect(agreedChanges([start('a'), start('b')], [start('a'), start('a'), start('c')])).toEqual([start('a')]);
  expect(agreedChanges([start('a'), start('a')], [start('a')])).toEqual([start('a')]);
});

test('a host is let go only where neither plan holds it', () => {
  expect(agreedChanges([drain('h1'), drain('h2')], [drain('h2'), start('a')])).toEqual([drain('h2')]);
});
