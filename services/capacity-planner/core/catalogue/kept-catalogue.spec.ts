import fc from 'fast-check';
import { emptyCatalogue, type Catalogue } from './catalogue.js';
import { catalogueOf, keptOf, type KeptCatalogue } from './kept-catalogue.js';
import { refreshCatalogue } from './refresh-catalogue.js';
import type { Row } from './row.js';

const DAY = 86_400_000;
const FIRST = Date.parse('2026-11-01T12:00:00Z');
const dayText = (day: number): string => new Date(FIRST + day * DAY).toISOString().slice(0, 10);

/** What a list says on a day: the prices of two boxes, and the day that its rows name, which may be an older one. */
type Look = Readonly<{ usd: readonly [number, number]; dated: number; restartsAfter: boolean }>;

const rowsOf = ({ usd }: Look, dated: string): readonly Row[] =>
  usd.map((price, index) => ({
    ...{ file: 'prices.csv', line: index + 2 },
    fields: {
      ...{ vendor: 'lambda', region: 'us-east-1', geo: 'us', instance_type: `box-${index}`, gpu: 'H100' },
      ...{ gpu_count: '8', vcpus: '208', memory_gib: '1800', source: 'spec' },
      ...{ on_demand_usd: String(price), priced_on: dated },
    },
  }));

const readAgain = (catalogue: Catalogue): Catalogue =>
  catalogueOf(JSON.parse(JSON.stringify(keptOf(catalogue))) as KeptCatalogue);

const look = fc.record({
  usd: fc.tuple(fc.constantFrom(24, 35, 36), fc.constantFrom(24, 35, 60)),
  dated: fc.nat(2),
  restartsAfter: fc.boolean(),
});

test.each(['as-dated', 'just-now'] as const)(
  'days of prices %s that are folded with restarts anywhere come to the same as without',
  (seen) => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 12 }), (looks: readonly Look[]) => {
        let [unbroken, restarted] = [emptyCatalogue, emptyCatalogue];
        for (const [day, said] of looks.entries()) {
          const refresh = {
            rows: rowsOf(said, dayText(Math.max(0, day - said.dated))),
            ...{ at: FIRST + day * DAY, seen },
          };
          unbroken = refreshCatalogue(unbroken, refresh).catalogue;
          restarted = refreshCatalogue(restarted, refresh).catalogue;
          if (said.restartsAfter) restarted = readAgain(restarted);
          expect(restarted).toEqual(unbroken);
        }
      }),
    );
  },
);
