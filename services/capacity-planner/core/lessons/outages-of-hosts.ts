import type { Instant } from '@slipway/kernel';
import { isPaid, type Host, type PaidHost } from '../acting/host.state.js';
import type { Offer, OfferId } from '../catalogue/offer.js';
import { afterSpell, marketOf, NO_OUTAGES_SEEN, type Outages } from './outages.js';

const HOUR_MS = 3_600_000;
const SPELL_MS = HOUR_MS / 4;
/** Markets change: what was longer ago says little of them. */
const REMEMBERED_MS = 7 * 24 * HOUR_MS;

/** By spell, what it differs by from the one before: nodes that are held, and those that the catalogue would expect to be taken. */
type MarketSpells = Readonly<{ held: Float64Array; expected: Float64Array; taken: Float64Array }>;

/** What our own spot hosts of the last week taught of outages. Hosts of offers that nobody lists any more are not counted. */
export const outagesOfHosts = (
  hosts: readonly Host[],
  offers: ReadonlyMap<OfferId, Offer>,
  at: Instant,
): Outages => {
  const first = spellOf(at - REMEMBERED_MS);
  const count = spellOf(at) - first + 1;
  const markets = new Map<string, MarketSpells>();
  for (const host of hosts) {
    const offer = offers.get(host.offerId);
    if (offer?.purchase !== 'spot' || !isPaid(host)) continue;
    const from = Math.max(0, spellOf(host.billedFrom) - first);
    const last = spellOf('endedAt' in host ? host.endedAt : at) - first;
    if (last < from) continue;
    const spells = markets.get(marketOf(offer)) ?? emptySpells(count);
    markets.set(marketOf(offer), spells);
    const expected = (offer.behaviour.preemptionsPerNodeHour * SPELL_MS) / HOUR_MS;
    spells.held[from]! += 1;
    spells.held[last + 1]! -= 1;
    spells.expected[from]! += expected;
    spells.expected[last + 1]! -= expected;
    if (wasTaken(host)) spells.taken[last]! += 1;
  }
  return [...markets.values()].reduce(afterSpells, NO_OUTAGES_SEEN);
};

const emptySpells = (count: number): MarketSpells => ({
  held: new Float64Array(count + 1),
  expected: new Float64Array(count + 1),
  taken: new Float64Array(count + 1),
});

const afterSpells = (before: Outages, spells: MarketSpells): Outages => {
  let outages = before;
  let [held, expected] = [0, 0];
  for (const [spell, taken] of spells.taken.entries()) {
    held += spells.held[spell]!;
    expected += spells.expected[spell]!;
    outages = afterSpell(outages, { hours: SPELL_MS / HOUR_MS, held, taken, expected });
  }
  return outages;
};

const spellOf = (at: Instant): number => Math.floor(at / SPELL_MS);

/** Not every vendor gives notice. */
const wasTaken = (host: PaidHost): boolean =>
  host.status === 'ended' && (host.how === 'preempted' || host.how === 'lost');
