import { filterText } from '@slipway/contracts';
import { matchesFilter } from '../catalogue/matches-filter.js';
import type { Offer } from '../catalogue/offer.js';
import { isPinned } from '../control/pins.js';
import { isAway } from '../model/is-away.js';
import type { Prepared, Unit } from '../model/prepared.js';
import { toMicroUsd } from '../plan/exact-money.js';
import { nodesMoneyPerHour } from '../plan/nodes-money.js';

/** What stands against one node more of an offer; `because` is for people. */
export type Obstacle = Readonly<{
  rule:
    | 'excluded'
    | 'vendor-away'
    | 'frozen'
    | 'pin'
    | 'window'
    | 'availability'
    | 'quota'
    | 'market-share'
    | 'spend'
    | 'start-cost';
  because: string;
}>;

/** Nodes of the first period of the plan, of an offer and of its unit, and how many can be had of what is asked about. */
export type Counted = Readonly<{ nodes: number; cap: number; nodesOf: (unit: Unit) => number }>;

/** Everything that stands against one node more, what cannot be had for money first. */
export const obstaclesOf = (prepared: Prepared, unit: Unit, counted: Counted): readonly Obstacle[] => {
  const said = ofWill(prepared, unit.offer);
  // Of what nobody may start there are no more than are held: that says nothing of what could be had.
  const supply = said.length > 0 ? [] : ofSupply(unit, counted);
  return [...said, ...ofPins(prepared, unit, counted), ...supply, ...ofLimits(prepared, unit, counted)];
};

/** What operators and vendors have said. */
const ofWill = ({ problem, frozen }: Prepared, offer: Offer): readonly Obstacle[] => {
  const { at, fleet, policy } = problem;
  const filter = (policy.excluded ?? []).find((excluded) => matchesFilter(offer, excluded));
  const silentMs = at - (fleet.vendorsSeenAt?.[offer.vendor] ?? 0);
  return [
    ...(filter === undefined
      ? []
      : [{ rule: 'excluded' as const, because: `an operator has excluded ${filterText(filter)}` }]),
    ...(isAway(problem, offer.vendor)
      ? [
          {
            rule: 'vendor-away' as const,
            because:
              fleet.vendorsSeenAt?.[offer.vendor] === undefined
                ? `${offer.vendor} has never said which hosts it has: nothing is started there`
                : `${offer.vendor} has not said for ${Math.floor(silentMs / 60_000)} minutes which hosts it has: nothing is started there`,
          },
        ]
      : []),
    ...(frozen === undefined ? [] : [{ rule: 'frozen' as const, because: frozen.because }]),
  ];
};

/** How many an operator wants at most of what it is one of. */
const ofPins = ({ problem, units }: Prepared, { offer }: Unit, { nodesOf }: Counted): readonly Obstacle[] =>
  (problem.policy.pins ?? []).flatMap(({ filter, most, ...pin }): Obstacle[] => {
    if (most === undefined || !isPinned(pin, problem.at) || !matchesFilter(offer, filter)) return [];
    const nodes = units
      .filter((unit) => matchesFilter(unit.offer, filter))
      .reduce((sum, unit) => sum + nodesOf(unit), 0);
    return nodes < most
      ? []
      : [{ rule: 'pin', because: `an operator wants at most ${most} of ${filterText(filter)}` }];
  });

/** What there is to be had. */
const ofSupply = ({ open, offer: { window } }: Unit, { nodes, cap }: Counted): readonly Obstacle[] => [
  ...(open[0] || window === undefined
    ? []
    : [
        {
          rule: 'window' as const,
          because: `it can be held only from ${new Date(window.startsAt).toISOString()} to ${new Date(window.endsAt).toISOString()}`,
        },
      ]),
  ...(nodes < cap
    ? []
    : [
        {
          rule: 'availability' as const,
          because: cap === 0 ? 'none can be had' : `all ${cap} nodes that can be had are taken`,
        },
      ]),
];

const ofLimits = (prepared: Prepared, unit: Unit, { nodes, nodesOf }: Counted): readonly Obstacle[] => {
  const { quotas, markets, units, problem } = prepared;
  const used = (within: readonly number[]): number =>
    within.reduce((sum, index) => sum + nodesOf(units[index]!) * units[index]!.slots, 0);
  const market = markets[unit.market];
  const { maxSpendMicroUsdPerHour: cap = Infinity } = problem.policy.guardrails;
  const { startCostHours, changeReluctanceHours } = problem.policy.stability;
  return [
    ...quotas
      .filter(({ limit, units: within }) => within.includes(unit.index) && used(within) + unit.slots > limit)
      .map(({ quota }) => ({
        rule: 'quota' as const,
        because: `quota ${quota.quotaId} of ${quota.limit}`,
      })),
    ...(market !== undefined && used(market.units) + unit.slots > market.limit[0]!
      ? [
          {
            rule: 'market-share' as const,
            because: `spot market ${market.name} may carry ${Math.round(market.limit[0]! * 10) / 10} GPUs`,
          },
        ]
      : []),
    ...(isBeyondCap(prepared, unit, nodesOf)
      ? [{ rule: 'spend' as const, because: `no more than $${(cap / 1e6).toFixed(2)} an hour may be spent` }]
      : []),
    ...(nodes === 0 && unit.held === 0
      ? [
          {
            rule: 'start-cost' as const,
            because: `a start costs ${startCostHours + changeReluctanceHours} hours of its price`,
          },
        ]
      : []),
  ];
};

/** Whether one node more is above the cap on spend, which concerns what commitments do not pay for. */
const isBeyondCap = (prepared: Prepared, { index }: Unit, nodesOf: Counted['nodesOf']): boolean => {
  const { maxSpendMicroUsdPerHour: cap } = prepared.problem.policy.guardrails;
  if (cap === undefined) return false;
  const spentWith = (more: 0 | 1): number =>
    toMicroUsd(
      nodesMoneyPerHour(
        prepared,
        (unit) => (nodesOf(prepared.units[unit]!) + (unit === index ? more : 0)) * 1000,
      ),
    );
  const spent = spentWith(1);
  return spent > cap && spent > spentWith(0);
};
