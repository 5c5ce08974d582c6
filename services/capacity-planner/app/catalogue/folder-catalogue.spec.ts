import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyCatalogue, type Catalogue } from '@slipway/capacity-planner-core';
import { remembersNothing } from './catalogue-memory.js';
import { FolderCatalogue } from './folder-catalogue.js';

const HEADER =
  'vendor,region,geo,instance_type,gpu,gpu_count,vcpus,memory_gib,on_demand_usd,source,priced_on';
const AT = Date.parse('2026-11-21T12:00:00Z');

let folder: string;
let at = AT;
const now = (): number => at;
const write = (...rows: readonly string[]): Promise<void> =>
  writeFile(join(folder, 'prices.csv'), [HEADER, ...rows, ''].join('\n'));
const h100 = (price: string, instance = 'box'): string =>
  `lambda,us-east-1,us,${instance},H100,8,208,1800,${price},a list,2026-11-01`;

beforeEach(async () => {
  at = AT;
  folder = await mkdtemp(join(tmpdir(), 'slipway-catalogue-'));
});
afterEach(() => rm(folder, { recursive: true }));

const prices = async (catalogue: FolderCatalogue): Promise<readonly number[]> =>
  (await catalogue.current()).offers.map(({ billing }) => billing.priceMicroUsdPerNodeHour / 1e6);

test('a price that jumps while no process looks is not believed at once', async () => {
  await write(h100('23.92'));
  const before = new FolderCatalogue(folder, now);
  const { offers } = await before.current();
  await write(h100('60'));
  const known = { ...emptyCatalogue, offers: new Map(offers.map((offer) => [offer.offerId, offer])) };
  const after = new FolderCatalogue(folder, now, {
    ...remembersNothing,
    last: () => Promise.resolve(known),
  });
  expect(await prices(after)).toEqual([23.92]);
  const { rejected } = await after.current();
  expect(rejected).toMatchObject([{ row: 'prices.csv:2', rule: 'on_demand_usd' }]);
  expect(rejected[0]!.message).toContain('within 30 % of $23.92');
  for (let time = 0; time < 9; time += 1) {
    at += 120_000;
    expect(await prices(after)).toEqual([23.92]);
  }
  at += 120_000;
  await write(h100('24.5'));
  expect(await prices(after)).toEqual([24.5]);
});

test('a price that jumped is believed on its third day, though the planner is started anew each day', async () => {
  let known: Catalogue = emptyCatalogue;
  const memory = {
    last: () => Promise.resolve(known),
    remember: (catalogue: Catalogue) => Promise.resolve(void (known = catalogue)),
  };
  const dated = (price: string, day: string) => h100(price).replace('2026-11-01', day);
  const said: (readonly number[])[] = [];
  for (const [price, day] of [
    ['23.92', '2026-11-01'],
    ['60', '2026-11-02'],
    ['60', '2026-11-03'],
    ['60', '2026-11-03'],
    ['60', '2026-11-04'],
  ] as const) {
    await write(dated(price, day));
    said.push(await prices(new FolderCatalogue(folder, now, memory)));
  }
  expect(said).toEqual([[23.92], [23.92], [23.92], [23.92], [60]]);
});

test.each([
  ['a negative price', h100('-3')],
  ['no number', h100('NaN')],
  ['an unknown GPU', h100('20').replace('H100', 'H1000')],
  ['an offer that was said already', h100('20')],
])('a row with %s is named with its line and left out, the others stay', async (_, wrong) => {
  await write(h100('23.92'), wrong, h100('24', 'other'));
  const view = await new FolderCatalogue(folder, now).current();
  expect(view.offers.map(({ instanceType }) => instanceType)).toEqual(['box', 'other']);
  expect(view.rejected.map(({ row }) => row)).toEqual(['prices.csv:3']);
});

test('a clock that jumps, forward or back, has the files read again and no more', async () => {
  await write(h100('23.92'));
  const catalogue = new FolderCatalogue(folder, now);
  const first = await catalogue.current();
  for (const jumpMs of [86_400_000, -3 * 86_400_000, 86_400_000]) {
    at += jumpMs;
    expect((await catalogue.current()).version).toBe(first.version);
  }
});

test('each of 100,000 rows is an offer', async () => {
  await write(...Array.from({ length: 100_000 }, (_, index) => h100('23.92', `box-${index}`)));
  const view = await new FolderCatalogue(folder, now).current();
  expect(new Set(view.offers.map(({ offerId }) => offerId)).size).toBe(100_000);
  expect(view.rejected).toEqual([]);
});
