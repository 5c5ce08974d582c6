import type { CommitmentTerms } from '@slipway/contracts';
import fc from 'fast-check';
import { commitmentsOf } from '../commitments/commitments-of.js';
import { toMicroUsd } from '../plan/exact-money.js';
import { nodesMoneyPerHour } from '../plan/nodes-money.js';
import { defaultPolicy } from '../policy.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { affordableNodes } from './affordable-nodes.js';
import { prepare } from './prepare.js';
import type { Prepared } from './prepared.js';

const HOUR_MS = 3_600_000;
const MOST = 3;

const preparedOf = (
  prices: readonly number[],
  capUsd: number,
  terms: readonly CommitmentTerms[],
): Prepared => {
  const offers = prices.map((usd, index) =>
    plainOffer(`offer-${index}`, 1, usd, {
      region: index % 2 === 0 ? 'eu' : 'us',
      behaviour: { ...plainOffer('any', 1, 1).behaviour, availableNodes: MOST },
    }),
  );
  const job = plainGroup('job', 1);
  return prepare(
    {
      ...{ at: 0, offers, quotas: [], commitments: commitmentsOf(terms, offers, 0), groups: [job] },
      forecast: {
        madeAt: 0,
        groups: [{ groupId: job.groupId, periods: [{ expectedContainers: 1, quantiles: [] }] }],
        pooledErrors: [],
      },
      fleet: { seenAt: 0, holdings: [], running: [] },
      policy: {
        ...defaultPolicy,
        horizon: { periodsMs: [HOUR_MS] },
        guardrails: { ...defaultPolicy.guardrails, maxSpendMicroUsdPerHour: capUsd * 1_000_000 },
      },
    },
    { presolve: 'off' },
  );
};

test('no fleet that the cap pays for has more nodes of some offers, whatever commitments cover', () => {
  const term = { vendor: 'vendor', startsAt: 0, endsAt: HOUR_MS };
  const nodes = (commitmentId: string, what: object) =>
    fc.nat(2).map((owned): CommitmentTerms => ({
      ...{ ...term, ...what, commitmentId, kind: 'nodes', nodes: owned, priceMicroUsdPerNodeHour: 1 },
    }));
  const share = fc.nat(6).map((usd): CommitmentTerms => ({
    ...{ ...term, commitmentId: 'share', kind: 'spend', priceMicroUsdPerHour: 1 },
    coveredMicroUsdPerHour: usd * 1_000_000,
  }));
  const owned = fc.tuple(
    nodes('one', { instanceType: 'offer-0' }),
    nodes('eu', { region: 'eu' }),
    nodes('any', { gpuType: 'H100' }),
    share,
  );
  const price = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      fc.tuple(price, price, price),
      fc.nat(20),
      owned.chain((terms) => fc.subarray(terms)),
      fc.subarray([0, 1, 2], { minLength: 1 }),
      (prices, cap, terms, named) => {
        const prepared = preparedOf(prices, cap, terms);
        const within = prepared.units
          .filter(({ offer }) => named.some((index) => offer.offerId === `offer-${index}`))
          .map(({ index }) => index);
        const most = affordableNodes(prepared, within, 0);
        for (let fleet = 0; fleet < (MOST + 1) ** 3; fleet++) {
          const countOf = (unit: number): number => Math.floor(fleet / (MOST + 1) ** unit) % (MOST + 1);
          const bill = toMicroUsd(nodesMoneyPerHour(prepared, (unit) => countOf(unit) * 1000));
          if (bill > cap * 1_000_000) continue;
          expect(within.reduce((sum, unit) => sum + countOf(unit), 0)).toBeLessThanOrEqual(most);
        }
      },
    ),
  );
});
