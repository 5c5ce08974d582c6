import { usageSourceOf, type UsageFact } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { hourOf, monthOf, type Month } from '../months/month.js';
import { priceList } from '../rates/price-list.js';
import type { RateBook } from '../rates/rate-card.js';
import type { Sku } from '../rates/sku.js';
import { keyUnder, ownerKey, type ChargedOwner, type ChargedResource, type ChargeSubject } from './charge.js';
import { usageLines } from './usage-lines.js';

/** A fact as it was taken: its position in the order in which facts came. */
export type TakenUsage = Readonly<{ position: bigint; fact: UsageFact }>;

/** What a batch of facts adds to one charge. */
export type Addition = Readonly<{
  key: string;
  subject: ChargeSubject;
  quantity: bigint;
  /** Of the facts behind it, in order. */
  positions: readonly bigint[];
}>;

/** Something was used that has no price: it is charged nothing and shown to the operator. */
export type Unpriced = Readonly<{
  position: bigint;
  source: string;
  sku: Sku;
  workspaceId: string;
  at: Instant;
}>;

export type ChargedBatch = Readonly<{ additions: readonly Addition[]; unpriced: readonly Unpriced[] }>;

/** The first month of a workspace that is not closed; usage of earlier ones is billed in it. */
export type FirstOpenMonth = (workspaceId: string) => Month | undefined;

/** What facts add to which charges. The order and the batches in which facts come change no sum. */
export const chargeUsage = (
  book: RateBook,
  firstOpenMonth: FirstOpenMonth,
  batch: readonly TakenUsage[],
): ChargedBatch => {
  const additions = new Map<string, { subject: ChargeSubject; quantity: bigint; positions: bigint[] }>();
  const unpriced: Unpriced[] = [];
  const pricesFor = priceList(book);
  const months = new Map<Instant, Month>();
  for (const { position, fact } of batch) {
    const { workspaceId, fromMs: at } = fact;
    const owner = ownerOfFact(fact);
    const key = ownerKey(owner);
    const hour = hourOf(at);
    const month = months.get(hour) ?? monthOf(hour);
    months.set(hour, month);
    const when = { hour, billedIn: billedIn(month, firstOpenMonth(workspaceId)) };
    const preemptible = fact.kind !== 'container' || fact.preemptible;
    const priceFor = pricesFor({ workspaceId, preemptible, at, region: owner.region });
    for (const { sku, quantity, simulated } of usageLines(fact)) {
      const price = priceFor(sku);
      if (price === undefined) {
        unpriced.push({ position, source: usageSourceOf(fact), sku, workspaceId, at });
        continue;
      }
      const subject = keyUnder(key, { simulated, priceId: price.priceId, ...when });
      let addition = additions.get(subject);
      if (addition === undefined) {
        addition = { subject: { ...owner, simulated, price, ...when }, quantity: 0n, positions: [] };
        additions.set(subject, addition);
      }
      addition.quantity += quantity;
      addition.positions.push(position);
    }
  }
  return { additions: [...additions].map(([key, addition]) => ({ key, ...addition })), unpriced };
};

/** Its own month, or where that is closed the first open one. */
const billedIn = (own: Month, open: Month = ''): Month => (own < open ? open : own);

const ownerOfFact = (fact: UsageFact): ChargedOwner => ({
  workspaceId: fact.workspaceId,
  environment: fact.environment,
  resource: resourceOf(fact),
  ...(fact.kind === 'container' && fact.region !== undefined ? { region: fact.region } : {}),
  ...(fact.kind === 'container' && fact.vendor !== undefined ? { vendor: fact.vendor } : {}),
  tags: fact.kind === 'container' ? fact.tags : {},
});

const resourceOf = (fact: UsageFact): ChargedResource =>
  fact.kind === 'container'
    ? {
        kind: 'function',
        appId: fact.appId,
        appName: fact.appName,
        functionId: fact.functionId,
        functionTag: fact.functionTag,
        purpose: fact.purpose,
      }
    : {
        kind: 'volume',
        volumeId: fact.volumeId,
        ...(fact.volumeName === undefined ? {} : { volumeName: fact.volumeName }),
      };
