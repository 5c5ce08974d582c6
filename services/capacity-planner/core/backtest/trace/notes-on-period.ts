import { coveredOffers } from '../../commitments/covers.js';
import { mayServe } from '../../simulation/compatibility.js';
import type { Period } from '../../simulation/period.js';
import { saidOf } from './draw-supply.js';
import type { Trace } from './trace.js';

/** So many names are told. */
const TOLD = 5;

/** What a reader of results has to know: what of a period was recorded, and what was not. */
export const notesOnPeriod = (
  period: Period,
  { market, notes, span, commitments }: Trace,
  supply: 'drawn' | number,
): readonly string[] => {
  const { offers, groups, startsAt, steps, stepMs, warmUpSteps, pastSteps, seed } = period;
  const said = saidOf(market);
  const recorded = offers.filter(({ offerId }) => said.get(offerId)?.depth);
  const claimed = offers.filter(
    ({ offerId, behaviour }) => !said.get(offerId)?.depth && behaviour.availableNodes !== undefined,
  );
  const held = offers.filter(({ offerId }) => said.get(offerId)?.losses);
  const rest = offers.length - recorded.length - claimed.length;
  const priced = offers.filter(({ offerId }) => said.get(offerId)?.prices);
  const unserved = groups.filter((group) => !offers.some((offer) => mayServe(group, offer)));
  const known = new Set(offers.map(({ offerId }) => offerId));
  const strangers = [...said.keys()].filter((offerId) => !known.has(offerId));
  const unused = commitments.filter((terms) => coveredOffers(terms, offers).length === 0);
  const hours = (count: number): string => `${Number(((count * stepMs) / 3_600_000).toFixed(2))} h`;
  return [
    ...notes,
    `${hours(steps)} from ${new Date(startsAt).toISOString()} in steps of ${stepMs / 60_000} min; the first ${hours(warmUpSteps)} warm up and are not accounted; ${hours(pastSteps)} of demand before them`,
    `${offers.length} offers, ${groups.length} groups`,
    `capacity: recorded for ${recorded.length} offers; nodes as the catalogue says for ${claimed.length}; ${
      supply === 'drawn'
        ? `else drawn as in generated worlds from seed ${seed}, 100 nodes where they have no GPU (${rest})`
        : `else ${supply} nodes each (${rest})`
    }`,
    `losses: recorded for ${held.length} offers of which some was held; ${supply === 'drawn' ? 'else drawn' : 'else as the catalogue claims'}`,
    `prices: recorded for ${priced.length} offers; ${
      supply === 'drawn'
        ? 'else list prices, and spot prices that drift from the seed'
        : 'else those of the catalogue'
    }`,
    ...(commitments.length === 0
      ? []
      : [
          `commitments: ${commitments.length}; hosts, and the least that they could have cost, are at list prices`,
        ]),
    ...(unused.length === 0
      ? []
      : [
          `${unused.length === 1 ? 'commitment' : 'commitments'} ${some(unused.map(({ commitmentId }) => commitmentId))} ${unused.length === 1 ? 'covers' : 'cover'} no offer of this trace`,
        ]),
    ...(span.warmUpMs === undefined && warmUpSteps < 4
      ? ['hardly any warm-up: what it costs to begin is in the accounts of all policies']
      : []),
    ...(unserved.length === 0
      ? []
      : [
          `${unserved.length} groups cannot be served by any offer and are short all the time: ${some(unserved.map(({ groupId }) => groupId))}`,
        ]),
    ...(strangers.length === 0
      ? []
      : [
          `rows about ${strangers.length} offers that are not in the catalogue say nothing: ${some(strangers)}`,
        ]),
  ];
};

const some = (names: readonly string[]): string =>
  [...names.slice(0, TOLD), ...(names.length > TOLD ? [`and ${names.length - TOLD} more`] : [])].join(', ');
