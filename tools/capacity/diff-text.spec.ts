import type { CapacityDiff, PlannedStep } from '@slipway/contracts';
import { diffText } from './diff-text.ts';

const diff: CapacityDiff = {
  ...{ planId: 'pl-1', changes: [], microUsdPerHourBefore: 5_000_000, microUsdPerHourAfter: 7_000_000 },
};
const start: PlannedStep = {
  ...{ action: 'start', offerId: 'aws/us/a/p5/spot', nodes: 3, containers: 0 },
  ...{ microUsdPerHour: 30_000_000, because: 'the plan holds 3 of it' },
};
const drain: PlannedStep = {
  ...{ action: 'drain', offerId: 'own/hall/a/box/spot', hostId: 'h-1', nodes: 1, containers: 4 },
  ...{ microUsdPerHour: -2_000_000, because: 'the plan holds 0 of it' },
};

test('steps are told host by host, with what holds them and how many containers are on hosts that go', () => {
  const held = { by: 'approval', because: 'plan approve pl-1 puts it in force' };
  const shown = diffText({ ...diff, steps: [drain, { ...start, held }] });
  expect(shown).toContain('pl-1 against the fleet when it was made: $5.00 → $7.00 an hour');
  expect(shown).toMatch(/drain +h-1 +own\/hall\/a\/box\/spot +4 +−\$2.00 +- +the plan holds 0 of it/);
  expect(shown).toMatch(/start +3 new +aws\/us\/a\/p5\/spot +- +\+\$30.00 +approval +plan approve pl-1/);
  expect(shown).toContain('4 containers are on hosts that go');
});

test('where nothing holds a step nobody is told of holds', () => {
  expect(diffText({ ...diff, steps: [start] })).not.toContain('HELD BY');
});

test.each<[string, Partial<CapacityDiff>, RegExp]>([
  ['nothing is left to do', { steps: [] }, /No step is left/],
  ['nothing is done about a plan', {}, /No step is taken/],
])('that %s is said', (_, change, words) => {
  expect(diffText({ ...diff, ...change })).toMatch(words);
});

test('two plans beside each other have no steps', () => {
  expect(diffText({ ...diff, againstPlanId: 'pl-0' })).not.toMatch(/[Ss]tep/);
});
