import type { PlanningProblem } from '../planning-problem.js';
import { groupWaitPrices } from '../prices/wait-prices.js';
import { offerPrices } from '../prices/offer-prices.js';
import { referencePrices } from '../prices/reference-price.js';
import { bufferLadders } from './buffer-ladders.js';
import { dropDominated } from './drop-dominated.js';
import { cellsOf } from './cells-of.js';
import { commitmentOver, withinHorizon } from './commitment-over.js';
import { offerUse } from './find-cells.js';
import { findMarkets } from './find-markets.js';
import { findUnits } from './find-units.js';
import { frozenBecause } from './frozen.js';
import { isSmall } from './is-small.js';
import { periodsOf } from './periods-of.js';
import { isNamedByPin } from './pin-rules.js';
import type { Prepared, PreparedGroup } from './prepared.js';
import { quotaOver } from './quota-scope.js';
import { newcomersOf } from './newcomers.js';
import { readyNow } from './ready-now.js';
import { runningSticky } from './running-sticky.js';
import { shortlist } from './shortlist.js';
import { standingNodes } from './standing-nodes.js';
import { wantedContainers } from './wanted-containers.js';

/**
 * What is taken together before it is solved. `on`: equal offers are one unit, and those that no best plan needs are left out.
 * `merge-only`: all offers are still there, to be explained. `off`: every offer is a unit of its own, to be measured beside.
 */
export type PrepareOptions = Readonly<{ presolve: 'on' | 'merge-only' | 'off' }>;

/** Makes a problem ready to be solved: cells, units, prices, buffers; the same problem gives the same order of everything. */
export const prepare = (given: PlanningProblem, options: PrepareOptions = { presolve: 'on' }): Prepared => {
  const periods = periodsOf(given);
  const problem = withinHorizon(given, periods);
  const { policy } = problem;
  const reference = referencePrices(problem.offers, policy.cpuSlot);
  const groupsInOrder = problem.groups.toSorted((a, b) => (a.groupId < b.groupId ? -1 : 1));
  const held = new Set(problem.fleet.holdings.filter(({ nodes }) => nodes > 0).map(({ offerId }) => offerId));
  const uses = problem.offers
    .toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1))
    .map((offer) => offerUse(offer, groupsInOrder, policy))
    .filter(({ useful, offer }) => useful || held.has(offer.offerId) || isNamedByPin(offer, policy));
  const signatures = [...new Set(uses.map(({ signature }) => signature))];
  const cellOf = new Map(signatures.map((signature, index) => [signature, index]));
  const prices = new Map(
    uses.map(({ offer }) => [
      offer.offerId,
      offerPrices(offer, reference.get(offer.shape.gpuType) ?? 0, policy),
    ]),
  );
  const wanted = wantedContainers(
    groupsInOrder,
    problem.forecast,
    periods.length,
    policy.solve.allIntegerBelowGpus,
  );
  const found = findUnits({
    ...{ problem, uses, cellOf, prices, periods },
    merging: options.presolve === 'off' ? 'off' : 'on',
  });
  const needed = options.presolve === 'on' ? dropDominated(found, problem) : found;
  const units = options.presolve === 'on' ? shortlist(needed, problem) : needed;
  const unitsOfVendor = Map.groupBy(units, ({ offer }) => offer.vendor);
  const waits = groupsInOrder.map((group) => groupWaitPrices(group, reference, policy));
  const cells = cellsOf({ signatures, uses, units, waits, reference, policy });
  const groups: PreparedGroup[] = groupsInOrder.map((group, index) => ({
    index,
    group,
    prices: waits[index]!,
    wanted: wanted[index] ?? [],
    cells: cells.filter((cell) => (cell.slots[index] ?? 0) > 0).map((cell) => cell.index),
  }));
  const markets = findMarkets({ units, cells, groups, periods, reference, policy });
  const marketOf = new Map(
    markets.flatMap((market, index) => market.units.map((unit) => [unit, index] as const)),
  );
  const pairs = groups.flatMap((group) => group.cells.map((cell) => ({ group: group.index, cell })));
  const prepared: Omit<Prepared, 'ready'> = {
    problem,
    periods,
    groups,
    cells,
    leftOutUnits: needed.length - units.length,
    units: units.map((unit) => ({
      ...unit,
      market: marketOf.get(unit.index) ?? -1,
    })),
    pairs,
    buffers: bufferLadders({ problem, units, cells, groups, periods, pairs }),
    markets,
    quotas: problem.quotas.map((quota) => quotaOver(quota, unitsOfVendor.get(quota.scope.vendor) ?? [])),
    commitments: problem.commitments.map((commitment) => commitmentOver(commitment, units, periods)),
    newcomers: newcomersOf(problem.fleet, groups, periods),
    sticky: runningSticky(problem, groups, cells, units),
    standing: standingNodes(problem, groups, cells, units),
    reference,
    frozen: frozenBecause(problem),
  };
  return { ...prepared, ready: isSmall(prepared) ? readyNow(prepared) : undefined };
};
