import {
  emptyCatalogue,
  evolveHost,
  type Catalogue,
  type CloudVendor,
  type Host,
  type Offer,
  type Row,
} from '@slipway/capacity-planner-core';
import { createLogger } from '@slipway/telemetry';
import type { CatalogueView } from '../catalogue/catalogue-view.js';
import { BuyableCatalogue } from './buyable-catalogue.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const logger = createLogger('spec', 'silent');
const noFiles = { version: '', offers: [], quotas: [], terms: [], rejected: [], doubted: [] };

const row = (vendor: string, usd = 3): Row => ({
  ...{ file: vendor, line: 1 },
  fields: {
    ...{ vendor, region: 'us-east-1', geo: 'us', instance_type: 'box', gpu: 'H100', gpu_count: '1' },
    ...{
      vcpus: '26',
      memory_gib: '225',
      on_demand_usd: String(usd),
      source: 'spec',
      priced_on: '2026-11-21',
    },
  },
});

/** A vendor whose list is changed by the spec; `undefined`: it does not answer. */
class ChangingVendor implements CloudVendor {
  readonly kind = 'simulated';
  rows: readonly Row[] | undefined;

  constructor(readonly vendor: string) {
    this.rows = [row(vendor)];
  }
  offers = (): Promise<readonly Row[]> =>
    this.rows === undefined ? Promise.reject(new Error('unreachable')) : Promise.resolve(this.rows);
  start = () => Promise.reject(new Error('not asked here'));
  stop = () => Promise.reject(new Error('not asked here'));
  list = () => Promise.resolve([]);
}

const hostOf = ({ offerId, vendor, region, zone, geo, ...offer }: Offer): Host =>
  evolveHost(
    undefined,
    {
      type: 'host-asked',
      data: {
        ...{ hostId: 'h-0123456789ab', offerId, vendor, region, zone, geo, planId: 'pl', because: 'spec' },
        ...{ instanceType: offer.instanceType, purchase: offer.purchase, billing: offer.billing },
        ...{ gpuType: offer.shape.gpuType, gpuCount: offer.shape.gpuCount },
      },
    },
    NOW,
  );

let at: number;
let north: ChangingVendor;
let south: ChangingVendor;
let hosts: Host[];
let remembered: Catalogue;
beforeEach(() => {
  at = NOW;
  [north, south, hosts] = [new ChangingVendor('north'), new ChangingVendor('south'), []];
});

const open = (lastKnown: Catalogue = emptyCatalogue): BuyableCatalogue => {
  remembered = lastKnown;
  return openAgain(lastKnown);
};
/** As a process that comes after another one. */
const openAgain = (lastKnown: Catalogue = emptyCatalogue): BuyableCatalogue => {
  const files = { current: () => Promise.resolve(noFiles) };
  const ledger = {
    get hosts() {
      return hosts;
    },
    lessons: new Map(),
  };
  return new BuyableCatalogue(
    files,
    [north, south],
    ledger,
    () => at,
    logger,
    () => Promise.resolve(lastKnown),
    {
      last: () => Promise.resolve(remembered),
      remember: (read) => Promise.resolve(void (remembered = read)),
    },
  );
};
const later = (catalogue: BuyableCatalogue): Promise<CatalogueView> => {
  at += 31_000;
  return catalogue.current();
};
const sellers = ({ offers }: CatalogueView): readonly string[] => offers.map(({ vendor }) => vendor);
const of = ({ offers }: CatalogueView, name: string): Offer => offers.find(({ vendor }) => vendor === name)!;

test('a price that jumps is believed when a vendor has said it three times, to one process or to three', async () => {
  const dollars = async (catalogue: BuyableCatalogue): Promise<number> => {
    at += 31_000;
    return of(await catalogue.current(), 'north').billing.priceMicroUsdPerNodeHour / 1e6;
  };
  await open().current();
  north.rows = [row('north', 5)];
  expect([await dollars(openAgain()), await dollars(openAgain()), await dollars(openAgain())]).toEqual([
    3, 3, 5,
  ]);
});

test('what losses taught is in the rates of spot offers, and is said beside them', async () => {
  const [{ fields, ...where }] = [row('north')];
  const { on_demand_usd: _, ...others } = fields;
  north.rows = [{ ...where, fields: { ...others, spot_usd: '1', preemptions_per_hour: '0.2' } }];
  const view = await open().current();
  expect(view.outagesPerHour).toBeGreaterThan(0);
  expect(of(view, 'north').behaviour.preemptionsPerNodeHour).toBeCloseTo(0.2 + view.outagesPerHour!, 9);
});

test('a vendor that does not answer keeps its offers, and the prices of the others are taken', async () => {
  const catalogue = open();
  await catalogue.current();
  [north.rows, south.rows] = [undefined, [row('south', 3.3)]];
  const view = await later(catalogue);
  expect(of(view, 'north').billing.priceMicroUsdPerNodeHour).toBe(3_000_000);
  expect(of(view, 'south').billing.priceMicroUsdPerNodeHour).toBe(3_300_000);
  north.rows = [];
  expect(sellers(await later(catalogue))).toEqual(['south']);
});

test('a vendor that was never heard has the offers that were last planned with', async () => {
  const last = await open().current();
  north.rows = undefined;
  const offers = new Map(last.offers.map((offer) => [offer.offerId, offer]));
  expect(sellers(await open({ ...emptyCatalogue, offers }).current())).toEqual(['north', 'south']);
});

describe('what is sold out', () => {
  test('is planned with while hosts of it are held, and no longer', async () => {
    const catalogue = open();
    const before = of(await catalogue.current(), 'north');
    hosts = [hostOf(before)];
    north.rows = [];
    expect(of(await later(catalogue), 'north')).toEqual({
      ...before,
      behaviour: { ...before.behaviour, availableNodes: 1 },
    });
    hosts = [];
    expect(sellers(await later(catalogue))).toEqual(['south']);
  });

  test('is known from the newest plan, where the process that saw it listed is gone', async () => {
    const before = of(await open().current(), 'north');
    hosts = [hostOf(before)];
    north.rows = [];
    const after = open({ ...emptyCatalogue, offers: new Map([[before.offerId, before]]) });
    expect(of(await after.current(), 'north').billing).toEqual(before.billing);
  });

  test('is not told from a row that was left out as wrong', async () => {
    const catalogue = open();
    const before = of(await catalogue.current(), 'north');
    hosts = [hostOf(before)];
    north.rows = [row('north', -1)];
    const view = await later(catalogue);
    expect(view.rejected).toHaveLength(1);
    expect(of(view, 'north').billing).toEqual(before.billing);
  });
});
