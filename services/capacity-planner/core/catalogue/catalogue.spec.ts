import fc from 'fast-check';
import { emptyCatalogue, type Catalogue } from './catalogue.js';
import { compareCatalogues } from './compare-catalogues.js';
import { readCsv } from './read-csv.js';
import { refreshCatalogue, type Refreshed } from './refresh-catalogue.js';
import { faultText, type Row } from './row.js';

const AT = Date.parse('2026-11-21T12:00:00Z');

const row = (changes: Record<string, string> = {}, line = 2): Row => ({
  file: 'prices.csv',
  line,
  fields: {
    vendor: 'lambda',
    region: 'us-east-1',
    geo: 'us',
    instance_type: 'gpu_8x_h100_sxm5',
    gpu: 'H100',
    gpu_count: '8',
    vcpus: '208',
    memory_gib: '1800',
    on_demand_usd: '23.92',
    source: 's5',
    priced_on: '2024-11-03',
    ...changes,
  },
});

const refresh = (rows: readonly Row[], before: Catalogue = emptyCatalogue, at = AT): Refreshed =>
  refreshCatalogue(before, { rows, at });

const ids = ({ catalogue }: Refreshed): readonly string[] => [...catalogue.offers.keys()];

describe('a row of a catalogue', () => {
  test('is one offer for each price, in whole micro-dollars', () => {
    const read = refresh([row({ spot_usd: '10.000001', increment_s: '60', lead_s: '90' })]);
    expect(read.faults).toEqual([]);
    expect([...read.catalogue.offers.values()]).toMatchObject([
      {
        offerId: 'lambda/us-east-1/-/gpu_8x_h100_sxm5/on-demand',
        shape: { gpuType: 'H100', gpuCount: 8, gpuMemoryGiB: 80, memoryMiB: 1_843_200 },
        billing: { priceMicroUsdPerNodeHour: 23_920_000, incrementSeconds: 60, minimumSeconds: 60 },
        behaviour: { leadMs: 90_000, preemptionsPerNodeHour: 0 },
        pricedAt: Date.parse('2024-11-03'),
      },
      { purchase: 'spot', billing: { priceMicroUsdPerNodeHour: 10_000_001 } },
    ]);
  });

  test.each([
    ['on_demand_usd', '-3', 'dollars per node and hour, above 0 and at most 10000, such as 2.99'],
    ['on_demand_usd', 'NaN', 'dollars per node and hour, above 0 and at most 10000, such as 2.99'],
    ['on_demand_usd', '', 'a price in dollars per node and hour; spot_usd or queued_usd may stand alone'],
    ['on_demand_usd', '1e3', 'dollars per node and hour, above 0 and at most 10000, such as 2.99'],
    ['gpu', 'H1000', 'a known GPU (H100, A100-80GB, L4 …) or CPU'],
    ['gpu_count', '12', 'one of 1, 2, 3, 4, 5, 6, 7, 8 for H100'],
    ['gpu_memory_gib', '640', 'about 80, the memory of one H100'],
    ['memory_gib', '1843200', 'a number from 0.5 to 32768'],
    ['memory_gib', '30000', 'GiB of the whole node, at most 64 for each vCPU'],
    ['vcpus', '8.5', 'a whole number from 1 to 2048'],
    ['region', 'us/east', 'a name of letters, digits, dots, hyphens and underscores'],
    ['priced_on', '2027-01-01', 'the day on which the price was seen, such as 2026-08-19, not in the future'],
    ['start_success', '0', 'a number from 0.01 to 1'],
    ['on_demand_usd', '239.2', 'from $7.92 to $79.20 for 8 H100: one usually costs $3.30 per hour'],
  ])('with %s %p is named and left out, the others stay', (field, value, expected) => {
    const good = row({ instance_type: 'gpu_1x_h100_sxm5', gpu_count: '1', on_demand_usd: '3.29' }, 3);
    const read = refresh([row({ [field]: value }), good]);
    expect(read.faults.map(faultText)).toContain(
      `prices.csv:2: ${field} is '${value}'; it must be ${expected}`,
    );
    expect(ids(read)).toEqual(['lambda/us-east-1/-/gpu_1x_h100_sxm5/on-demand']);
  });

  test('whose spot price is nearly the on-demand one has no spot offer', () => {
    const read = refresh([row({ spot_usd: '23.3' })]);
    expect(ids(read)).toEqual(['lambda/us-east-1/-/gpu_8x_h100_sxm5/on-demand']);
    expect(read.faults.map(({ field }) => field)).toEqual(['spot_usd']);
  });

  test('that says an offer again is left out and names the first', () => {
    const read = refresh([row(), row({ on_demand_usd: '20' }, 9)]);
    expect(read.faults.map(faultText)).toEqual([
      "prices.csv:9: instance_type is 'lambda/us-east-1/-/gpu_8x_h100_sxm5/on-demand'; it must be said once; " +
        'prices.csv:2 says this offer already',
    ]);
    expect([...read.catalogue.offers.values()][0]?.billing.priceMicroUsdPerNodeHour).toBe(23_920_000);
  });

  test('is held beside the median of vendors, in which one with many rows has one voice', () => {
    const of = (vendor: string, price: string, line: number): Row =>
      row({ vendor, on_demand_usd: price, instance_type: `i${line}` }, line);
    const dear = Array.from({ length: 50 }, (_, index) => of('aws', '240', index + 10));
    const read = refresh([of('lambda', '23.92', 2), of('nebius', '23.6', 3), ...dear]);
    expect(ids(read)).toHaveLength(2);
    expect(read.faults).toHaveLength(50);
  });

  test.each([
    ['as dear as on demand', '24', false],
    ['next to nothing', '0.1', false],
    ['two thirds', '16', true],
  ])('keeps the offer and takes a term that costs %s for what it is', (_, price, kept) => {
    const { catalogue, faults } = refresh([row({ on_demand_usd: '24', term_1y_usd: price })]);
    expect([catalogue.offers.size > 0, catalogue.terms.length]).toEqual([true, kept ? 1 : 0]);
    expect(faults.map(({ field }) => field)).toEqual(kept ? [] : ['term_1y_usd']);
  });

  test('gives terms that nobody published as planning values', () => {
    const { terms } = refresh([
      row({ term_1y_usd: '18.7', planning_values: 'lead_s term_1y_usd' }),
    ]).catalogue;
    expect(terms).toMatchObject([
      { months: 12, priceMicroUsdPerNodeHour: 18_700_000, basis: 'planning-value' },
    ]);
  });

  test('of CPUs has no GPU', () => {
    const read = refresh([
      row({ gpu: 'CPU', gpu_count: '0', vcpus: '16', memory_gib: '64', on_demand_usd: '0.4' }),
    ]);
    expect([...read.catalogue.offers.values()]).toMatchObject([{ shape: { gpuType: 'CPU', gpuCount: 0 } }]);
  });
});

describe('a refresh', () => {
  const priced = (price: string, day = '2024-11-03'): readonly Row[] => [
    row({ on_demand_usd: price, priced_on: day }),
  ];
  const priceOf = ({ catalogue }: Refreshed): number | undefined =>
    [...catalogue.offers.values()][0]?.billing.priceMicroUsdPerNodeHour;

  test('keeps the former price when one jumps, until it was seen on three days', () => {
    const first = refresh(priced('23.92'));
    const second = refresh(priced('35', '2024-12-01'), first.catalogue);
    expect(priceOf(second)).toBe(23_920_000);
    expect([...second.catalogue.quarantined.values()]).toMatchObject([
      { saidMicroUsdPerNodeHour: 35_000_000, timesSaid: 1 },
    ]);
    const third = refresh(priced('35', '2024-12-02'), second.catalogue);
    expect(priceOf(third)).toBe(23_920_000);
    const fourth = refresh(priced('35.1', '2024-12-03'), third.catalogue);
    expect(priceOf(fourth)).toBe(35_100_000);
    expect(fourth.catalogue.quarantined.size).toBe(0);
  });

  test('sees one price in a file that is read again and again, and names the row', () => {
    let read = refresh(priced('23.92'));
    for (let minute = 1; minute <= 9; minute += 1) {
      read = refresh(priced('35'), read.catalogue, AT + minute * 60_000);
      expect(priceOf(read)).toBe(23_920_000);
      expect(read.faults.map(faultText)).toEqual([
        "prices.csv:2: on_demand_usd is '35'; it must be within 30 % of $23.92, which " +
          'lambda/us-east-1/-/gpu_8x_h100_sxm5/on-demand keeps until another price was seen at 3 moments (so far 1) ' +
          'or its row has believed_on',
      ]);
    }
  });

  test('believes what a vendor itself says three times', () => {
    let { catalogue } = refresh(priced('23.92'));
    const told = [1, 2, 3].map((time) => {
      const read = refreshCatalogue(catalogue, { rows: priced('35'), at: AT + time, seen: 'just-now' });
      ({ catalogue } = read);
      return priceOf(read);
    });
    expect(told).toEqual([23_920_000, 23_920_000, 35_000_000]);
  });

  test('keeps only the price of one that jumped: what else the row says is news', () => {
    const first = refresh([row()]);
    const second = refresh([row({ on_demand_usd: '35', vcpus: '200' })], first.catalogue);
    expect([...second.catalogue.offers.values()]).toMatchObject([
      { shape: { vcpus: 200 }, billing: { priceMicroUsdPerNodeHour: 23_920_000 } },
    ]);
  });

  test('begins to count anew when the price jumps again, and believes a person at once', () => {
    const first = refresh(priced('23.92'));
    const second = refresh(priced('35'), first.catalogue);
    const other = refresh(priced('50'), second.catalogue);
    expect([...other.catalogue.quarantined.values()]).toMatchObject([{ timesSaid: 1 }]);
    const looked = { on_demand_usd: '35', priced_on: '2024-12-02' };
    const believed = refresh([row({ ...looked, believed_on: '2024-12-02' })], second.catalogue);
    expect([priceOf(believed), believed.faults]).toEqual([35_000_000, []]);
    const ofAnother = refresh([row({ ...looked, believed_on: '2024-12-01' })], first.catalogue);
    expect(priceOf(ofAnother)).toBe(23_920_000);
  });

  test('says what changed', () => {
    const one = refresh([row(), row({ instance_type: 'old', on_demand_usd: '20' }, 3)]).catalogue;
    const two = refresh(
      [row({ on_demand_usd: '25', vcpus: '200' }), row({ instance_type: 'new', on_demand_usd: '20' }, 3)],
      one,
    ).catalogue;
    const box = 'lambda/us-east-1/-/gpu_8x_h100_sxm5/on-demand';
    const ofTwenty = { priceMicroUsdPerNodeHour: 20_000_000 };
    expect(compareCatalogues(one.offers, two.offers)).toEqual({
      added: { count: 1, first: [{ offerId: 'lambda/us-east-1/-/new/on-demand', ...ofTwenty }] },
      withdrawn: { count: 1, first: [{ offerId: 'lambda/us-east-1/-/old/on-demand', ...ofTwenty }] },
      repriced: {
        count: 1,
        first: [{ offerId: box, fromMicroUsdPerNodeHour: 23_920_000, toMicroUsdPerNodeHour: 25_000_000 }],
      },
      redescribed: { count: 1, first: [{ offerId: box }] },
    });
    expect(compareCatalogues(two.offers, two.offers)).toBeUndefined();
  });

  const manyRows = (length: number): readonly Row[] =>
    Array.from({ length }, (_, index) =>
      row({ instance_type: `i${index}`, ...(index % 10 === 0 ? { on_demand_usd: '-1' } : {}) }, index + 2),
    );

  test('of 100,000 rows, one in ten of them wrong, keeps the others and tells the first 50', () => {
    const read = refresh(manyRows(100_000));
    const change = compareCatalogues(emptyCatalogue.offers, read.catalogue.offers);
    expect([change?.added.count, change?.added.first.length]).toEqual([90_000, 50]);
    expect(read.faults).toHaveLength(10_000);
  });

  test('reads a row as often among many as among few', () => {
    const reads = (length: number): number => {
      let count = 0;
      const counted = (fields: Row['fields']): Row['fields'] =>
        new Proxy(fields, { get: (from, name: string) => ((count += 1), from[name]) });
      refresh(manyRows(length).map((one) => ({ ...one, fields: counted(one.fields) })));
      return count;
    };
    const few = reads(1_000);
    expect(few).toBeGreaterThan(1_000);
    expect(reads(2_000)).toBe(2 * few);
  });

  test('whatever stands in the rows, no offer has a wrong price, GPU or count, and every row left out is named', () => {
    const anything = fc.oneof(
      fc.constantFrom('', '-1', '0', 'NaN', 'Infinity', '1e9', '12', '8', '2.5', 'H100', 'L4', 'T4', 'CPU'),
      fc.string(),
    );
    const wild = fc.record({
      gpu: fc.oneof(fc.constant('H100'), anything),
      gpu_count: fc.oneof(fc.constant('8'), anything),
      on_demand_usd: fc.oneof(fc.constant('23.92'), anything),
      spot_usd: anything,
      memory_gib: fc.oneof(fc.constant('1800'), anything),
      vcpus: fc.oneof(fc.constant('208'), anything),
      instance_type: fc.constantFrom('a', 'b', 'c', 'd'),
    });
    fc.assert(
      fc.property(fc.array(wild, { maxLength: 12 }), (rows) => {
        const read = refresh(rows.map((fields, index) => row(fields, index + 2)));
        for (const { billing, shape } of read.catalogue.offers.values()) {
          expect(Number.isSafeInteger(billing.priceMicroUsdPerNodeHour)).toBe(true);
          expect(billing.priceMicroUsdPerNodeHour).toBeGreaterThan(0);
          expect(shape.gpuCount).toBeLessThanOrEqual(16);
        }
        const named = new Set(read.faults.map(({ line }) => line));
        const kept = new Set([...read.catalogue.offers.values()].map(({ instanceType }) => instanceType));
        rows.forEach(({ instance_type: name }, index) =>
          expect(named.has(index + 2) || kept.has(name)).toBe(true),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a file of comma-separated rows', () => {
  test('has comments, quotes and blank lines; a short line is named', () => {
    const header =
      'vendor,region,geo,instance_type,gpu,gpu_count,vcpus,memory_gib,on_demand_usd,source,priced_on';
    const text = `# prices\n${header}\n\na,r,us,i,L4,1,8,32,0.8,"one, two ""x""",2026-01-01\na,b\n`;
    const { rows, faults } = readCsv('f.csv', text);
    expect(rows).toMatchObject([{ line: 4, fields: { source: 'one, two "x"', vendor: 'a' } }]);
    expect(faults.map(faultText)).toEqual([
      "f.csv:5: row is 'a,b'; it must be 11 values, as the header names; it has 2",
    ]);
  });

  test('says which columns its header lacks or should not have', () => {
    const { faults } = readCsv('f.csv', 'vendor,price\n');
    expect(faults).toHaveLength(10);
    expect(faults.map(faultText)[0]).toBe("f.csv:1: region is ''; it must be a column of the header");
  });
});
