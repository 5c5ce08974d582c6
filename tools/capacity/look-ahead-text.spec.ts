import { lookAheadText } from './look-ahead-text.ts';

const story = {
  futures: 32,
  lengthMs: 5_400_000,
  expectedMicroUsd: 12_000_000,
  asExpectedMicroUsd: 15_000_000,
};

test('nothing is said where nothing was rehearsed', () => {
  expect(lookAheadText(undefined)).toEqual([]);
});

test('says that nothing does better where the plan for what is expected was kept', () => {
  expect(lookAheadText({ ...story, changes: [] })).toEqual([
    'rehearsed in 32 futures of 90 minutes: nothing does better now than the cheapest plan for what is expected',
  ]);
});

test('says what both would cost, and offer by offer what there is instead', () => {
  const [first, ...changes] = lookAheadText({
    ...story,
    changes: [
      { offerId: 'aws/p5', nodes: 2, nodesAsExpected: 0 },
      { offerId: 'gcp/a3', nodes: 0, nodesAsExpected: 1 },
    ],
  });
  expect(first).toMatch(/\$12\.00 .* \$15\.00; so it holds/);
  expect(changes).toEqual(['  2 of aws/p5, not 0', '  0 of gcp/a3, not 1']);
});

test('says why a step is done that costs more', () => {
  const changes = [{ offerId: 'aws/p5', nodes: 2, nodesAsExpected: 0 }];
  expect(lookAheadText({ ...story, expectedMicroUsd: 16_000_000, changes })[0]).toMatch(
    /\$15\.00, but break more rules; so it holds/,
  );
});
