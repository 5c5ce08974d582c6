import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTransaction } from '@slipway/event-store';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { openStore, type BillingStore } from '../store/open-store.js';
import { writeFocusFiles } from './files/write-focus-files.js';
import { brokenRules, publicValidator } from './public-validator.testing.js';
import { focusRows } from './rows/focus-rows.js';
import { billTwoMonths, JANUARY, NOVEMBER } from './rows/two-months.testing.js';

/** What the validator's own rules call columns by names of a draft, which FOCUS 1.0 and all later versions do not have. */
const DRAFT_NAMES = {
  InvoiceIssuerName: 'InvoiceIssuer',
  ProviderName: 'Provider',
  PublisherName: 'Publisher',
  ResourceId: 'ResourceID',
};
/** Rules that hold for no file whatever: they fail before they look at it. */
const NEVER_KEPT = [
  // Reads a list of currencies that its package lacks.
  'BillingCurrency_IsCurrencyCode',
  // Asks for `ChargeType`, which the draft had in place of `ChargeCategory`.
  'SkuPriceId_Nullable',
];

const validator = publicValidator();
const where = validator === undefined ? describe.skip : describe;

where('the public validator of FOCUS', () => {
  let store: BillingStore;
  let folder = '';

  overPostgres(openStore, async (opened) => {
    store = opened;
    folder = await mkdtemp(join(tmpdir(), 'slipway-validated-'));
    await billTwoMonths(store);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const exported = async (granularity: 'hourly' | 'daily'): Promise<string> => {
    const place = join(folder, granularity);
    await inTransaction(store.pool, (connection) =>
      writeFocusFiles(
        focusRows(connection, { granularity, period: { from: NOVEMBER, to: JANUARY }, issuer: 'Slipway' }),
        { folder: place, format: 'csv' },
      ),
    );
    return join(place, 'focus-0001.csv');
  };

  /** The same file with its header in the validator's words, and cells changed. */
  const inItsWords = async (csv: string, change = (rows: string): string => rows): Promise<string> => {
    const text = await readFile(csv, 'utf8');
    const end = text.indexOf('\n');
    const header = Object.entries(DRAFT_NAMES).reduce(
      (names, [ours, draft]) => names.replace(`,${ours},`, `,${draft},`),
      text.slice(0, end),
    );
    await writeFile(`${csv}.draft.csv`, `${header}${change(text.slice(end))}`);
    return `${csv}.draft.csv`;
  };

  test.each(['hourly', 'daily'] as const)(
    'finds nothing in an %s export but what it is wrong about',
    async (granularity) => {
      const csv = await exported(granularity);
      expect(brokenRules(validator!, await inItsWords(csv))).toEqual(NEVER_KEPT);
      const missing = Object.values(DRAFT_NAMES).map((name) => `${name}_Required`);
      expect(brokenRules(validator!, csv)).toEqual([...NEVER_KEPT, ...missing].toSorted());
    },
    60_000,
  );

  test('finds what is broken', async () => {
    const broken = await inItsWords(await exported('daily'), (rows) =>
      rows.replace(/^,([\d.]+),/m, ',much,').replace(/20\d\d-\d\d-01T/, 'yesterdayT'),
    );
    const found = brokenRules(validator!, broken).filter((rule) => !NEVER_KEPT.includes(rule));
    expect(found).toEqual(['BilledCost_IsDecimal', 'BillingPeriodEnd_IsDateTime']);
  }, 60_000);
});
