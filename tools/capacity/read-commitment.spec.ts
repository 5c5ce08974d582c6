import { readCommitment, readCommitted } from './read-commitment.ts';

const of = (what: string, { nodes, ...texts }: Record<string, string | number>) =>
  readCommitment(what, {
    texts: new Map(Object.entries(texts).map(([name, text]) => [name, String(text)])),
    numbers: new Map(nodes === undefined ? [] : [['nodes', Number(nodes)]]),
  });
const until = '2027-11-01';

test('nodes of an instance type, at a price of each', () => {
  const what = 'vendor=aws,region=us-east-1,type=p5.48xlarge';
  expect(of(what, { nodes: 4, usd: '34.1', until, from: '2026-11-01T08:00:00+01:00' })).toEqual({
    ...{ vendor: 'aws', region: 'us-east-1', instanceType: 'p5.48xlarge' },
    ...{ nodes: 4, priceMicroUsdPerNodeHour: 34_100_000 },
    ...{ startsAt: '2026-11-01T07:00:00.000Z', endsAt: '2027-11-01T00:00:00.000Z' },
  });
});

test("a share of a vendor's bill", () => {
  expect(of('vendor=aws', { spend: 100, usd: 72, until })).toEqual({
    ...{ vendor: 'aws', coveredMicroUsdPerHour: 100_000_000, priceMicroUsdPerHour: 72_000_000 },
    endsAt: '2027-11-01T00:00:00.000Z',
  });
});

test.each<[string, Record<string, string | number>, RegExp]>([
  ['vendor=aws', { nodes: 1, usd: 1 }, /--until is not given/],
  ['vendor=aws', { usd: 1, until }, /has --nodes N, or --spend USD/],
  ['vendor=aws', { nodes: 1, spend: 1, usd: 1, until }, /has --nodes N, or --spend USD/],
  ['vendor=aws', { nodes: 1, until }, /--usd is not given/],
  ['vendor=aws', { nodes: 1, usd: '1.2345678', until }, /at most six decimals/],
  ['vendor=aws', { nodes: 1, usd: 1, until: 'soon' }, /--until is soon; write a day/],
  ['vendor=aws', { nodes: 1, usd: 1, until: '2027-02-30x' }, /write a day/],
  ['vendor=aws,type=a,type=b', { nodes: 1, usd: 1, until }, /'vendor=aws,type=a,type=b' names type twice/],
  ['purchase=spot', { nodes: 1, usd: 1, until }, /'purchase=spot' names nothing to commit to/],
])('%s with %j is a mistake that is said', (what, options, message) => {
  expect(() => of(what, options)).toThrow(message);
});

test('what stands after a further = belongs to the name, which the site then knows or does not', () => {
  expect(of('vendor=aws,type=a=b', { nodes: 1, usd: 1, until })).toMatchObject({ instanceType: 'a=b' });
});

test('nodes and their price in one word', () => {
  expect(readCommitted('vendor=aws,gpu=H100*4@34.10')).toEqual({
    ...{ vendor: 'aws', gpuType: 'H100', nodes: 4 },
    priceMicroUsdPerNodeHour: 34_100_000,
  });
  expect(() => readCommitted('vendor=aws,vendor=gcp,gpu=H100*4@34')).toThrow(/names vendor twice/);
  expect(() => readCommitted('vendor=aws*4')).toThrow(/write WHAT\*NODES@USD/);
});
