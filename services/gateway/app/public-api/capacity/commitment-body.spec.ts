import { committedTo, type CommitmentBody } from './commitment-body.js';

const endsAt = '2027-11-01T00:00:00Z';
const shared = { commitmentId: 'c', vendor: 'aws', endsAt: Date.parse(endsAt) };

test('a body says nodes, or a share of the bill', () => {
  const nodes = { vendor: 'aws', gpuType: 'H100', nodes: 2, priceMicroUsdPerNodeHour: 5, endsAt };
  expect(committedTo('c', nodes)).toEqual({
    ...{ ...shared, kind: 'nodes', gpuType: 'H100', nodes: 2, priceMicroUsdPerNodeHour: 5 },
  });
  const share = { vendor: 'aws', coveredMicroUsdPerHour: 9, priceMicroUsdPerHour: 5, endsAt };
  expect(committedTo('c', share)).toEqual({
    ...{ ...shared, kind: 'spend', coveredMicroUsdPerHour: 9, priceMicroUsdPerHour: 5 },
  });
});

test.each<[Partial<CommitmentBody>, string]>([
  [{}, 'nodes is not given'],
  [{ nodes: 1 }, 'priceMicroUsdPerNodeHour is not given'],
  [{ coveredMicroUsdPerHour: 9 }, 'priceMicroUsdPerHour is not given'],
  [{ coveredMicroUsdPerHour: 9, region: 'us' }, 'region is given beside coveredMicroUsdPerHour'],
])('%j is refused by name', (body, words) => {
  expect(() => committedTo('c', { vendor: 'aws', endsAt, ...body })).toThrow(words);
});
