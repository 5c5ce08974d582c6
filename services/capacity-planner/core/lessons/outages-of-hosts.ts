import type { Instant } from '@slipway/kernel';
import { isPaid, type Host, type PaidHost } from '../acting/host.state.js';
import type { Offer, OfferId } from '../catalogue/offer.js';
import { afterSpell, marketOf, NO_OUTAGES_SEEN, type Outages } from './outages.js';

const HOUR_MS = 3_600_000;
const SPELL_MS = HOUR_MS / 4;
/** Markets change: what was longer ago says little of them. */
const REMEMBERED_MS = 7 * 24 * HOUR_MS;

type Spell = { held: number; taken: number; expected: number };

/** What our own spot hosts of the last week taught of outages. Hosts of offers that nobody lists any more are not counted. */
export const outagesOfHosts = (
  hosts: readonly Host[],
  offers: ReadonlyMap<OfferId, Offer>,
  at: Instant,
): Outages => {
  const spells = new Map<string, Spell>();
  for (const host of hosts) {
    const offer = offers.get(host.offerId);
    if (offer?.purchase !== 'spot' || !isPaid(host)) continue;
    const expected = (offer.behaviour.preemptionsPerNodeHour * SPELL_MS) / HOUR_MS;
    const last = spellOf('endedAt' in host ? host.endedAt : at);
    for (let spell = spellOf(Math.max(host.billedFrom, at - REMEMBERED_MS)); spell <= last; spell += 1) {
      const key = `${marketOf(offer)}/${spell}`;
      const counts = spells.get(key) ?? { held: 0, taken: 0, expected: 0 };
      spells.set(key, counts);
      counts.held += 1;
      counts.expected += expected;
      if (spell === last && wasTaken(host)) counts.taken += 1;
    }
  }
  return [...spells.values()].reduce(
    (outages, spell) => afterSpell(outages, { hours: SPELL_MS / HOUR_MS, ...spell }),
    NO_OUTAGES_SEEN,
  );
};

const spellOf = (at: Instant): number => Math.floor(at / SPELL_MS);

/** Not every vendor gives notice. */
const wasTaken = (host: PaidHost): boolean =>
  host.status === 'ended' && (host.how === 'preempted' || host.how === 'lost');
