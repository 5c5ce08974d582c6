import type { Prepared } from '../model/prepared.js';
import { bufferSubject } from './buffer-subject.js';
import { brokenRules, pricedSlack, type PricedSlack } from './break-rules.js';
import { costLadder } from './cost-ladder.js';
import { countBuffers, payingGpus, type BufferCount } from './count-buffers.js';
import { countLateness } from './count-lateness.js';
import type { Draft } from './draft.js';
import { exactCounts, type ExactCounts } from './exact-counts.js';
import { hourly, sumMoney, thousandths, type ExactMoney } from './exact-money.js';
import { nameFlows, type OnUnit } from './name-flows.js';
import { nameOffers } from './name-offers.js';
import type { CostLadder, GroupService, Plan } from './plan.js';
import { standOnNodes } from './stand-on-nodes.js';

/** A plan without the story of how it was found. */
export type ScoredPlan = Omit<Plan, 'solution'>;

/** What a draft costs: the one measure by which all planners are compared. */
export const score = (prepared: Prepared, draft: Draft): CostLadder =>
  scoreCounts(prepared, exactCounts(prepared, draft)).cost;

/** Works a draft out to a plan with names, exact counts and exact costs. */
export const evaluate = (prepared: Prepared, draft: Draft): ScoredPlan => {
  const counts = exactCounts(prepared, draft);
  const { cost, buffers, lateness, shortages, slacks } = scoreCounts(prepared, counts);
  const offers = nameOffers(prepared, counts);
  return {
    madeAt: prepared.problem.at,
    periods: prepared.periods.map(({ startsAt, lengthMs }) => ({ startsAt, lengthMs })),
    offers,
    flows: nameFlows(prepared, counts, offers, onUnits(prepared, draft)),
    cells: prepared.cells
      .filter(({ index }) => prepared.pairs.some((pair, at) => pair.cell === index && serves(counts, at)))
      .map(({ cellId, gpuType, leadMs, units }) => ({
        cellId,
        gpuType,
        leadMs,
        offerIds: units.flatMap((unit) => prepared.units[unit]!.members.map(({ offer }) => offer.offerId)),
      })),
    serving: prepared.pairs.flatMap(({ group, cell }, pair) =>
      serves(counts, pair)
        ? [
            {
              groupId: prepared.groups[group]!.group.groupId,
              cellId: prepared.cells[cell]!.cellId,
              containers: [...counts.served[pair]!].map((count) => count / 1000),
            },
          ]
        : [],
    ),
    service: prepared.groups.map(({ index, group, wanted }): GroupService => {
      const served = servedBy(prepared, counts, index);
      return {
        groupId: group.groupId,
        wanted,
        served: served.map((count) => count / 1000),
        late: [...lateness.late[index]!].map((count) => count / 1000),
        lateContainerMs: [...lateness.containerMs[index]!],
        short: served.map((count, period) => (thousandths(wanted[period]!) - count) / 1000),
      };
    }),
    buffers: prepared.buffers.map((ladder, index) => ({
      gpuType: ladder.gpuType,
      ...(ladder.groupIds && { groupIds: ladder.groupIds }),
      wanted: prepared.periods.map((_, period) => (ladder.counts[period] ? ladder.totalGpus : 0)),
      missing: buffers[index]!.missing.map((count) => count / 1000),
      paying: payingGpus(ladder, prepared),
    })),
    slacks: [...shortages, ...bufferSlacks(prepared, buffers), ...slacks].map(({ slack }) => slack),
    cost,
  };
};

/** Where the first period's containers stand, if it is known what stands on each node already. */
const onUnits = (prepared: Prepared, draft: Draft): OnUnit | undefined => {
  if (prepared.problem.fleet.nodes === undefined) return undefined;
  const byUnit = Map.groupBy(standOnNodes(prepared, draft).bins, ({ unit }) => unit);
  return (unit, group) =>
    (byUnit.get(unit) ?? []).reduce((sum, { containers }) => sum + (containers.get(group) ?? 0), 0);
};

const scoreCounts = (prepared: Prepared, counts: ExactCounts) => {
  const lateness = countLateness(prepared, counts);
  const buffers = countBuffers(prepared, counts);
  const shortages = shortageSlacks(prepared, counts);
  const slacks = brokenRules(prepared, counts);
  const cost = costLadder(prepared, counts, {
    containerMs: lateness.containerMs,
    shortage: total(shortages),
    buffer: sumMoney(
      buffers.flatMap((buffer) => buffer.cost),
      (cost) => cost,
    ),
    slacks: total(slacks),
  });
  return { cost, buffers, lateness, shortages, slacks };
};

const serves = ({ served }: ExactCounts, pair: number): boolean => served[pair]!.some((count) => count > 0);

const servedBy = ({ pairs, periods }: Prepared, { served }: ExactCounts, group: number): number[] =>
  periods.map((_, period) =>
    pairs.reduce((sum, pair, index) => sum + (pair.group === group ? served[index]![period]! : 0), 0),
  );

/** Containers that nothing is planned for: those above a customer's floor are missing first. */
const shortageSlacks = (prepared: Prepared, counts: ExactCounts): PricedSlack[] => {
  const served = prepared.groups.map(() => new Float64Array(prepared.periods.length));
  prepared.pairs.forEach(({ group }, pair) => {
    counts.served[pair]!.forEach((count, period) => (served[group]![period]! += count));
  });
  return prepared.groups.flatMap(({ index, group, wanted, prices }) =>
    prepared.periods.flatMap(({ lengthMs }, periodIndex) => {
      const short = thousandths(wanted[periodIndex]!) - served[index]![periodIndex]!;
      const above = Math.min(short, thousandths(wanted[periodIndex]!) - group.floorContainers * 1000);
      const slack = (name: 'shortage' | 'floor', count: number, perHour: number): PricedSlack[] =>
        count <= 0
          ? []
          : [
              pricedSlack(
                { name, subject: group.groupId, periodIndex, amount: count / 1000, unit: 'containers' },
                hourly(perHour, count, lengthMs),
              ),
            ];
      return [
        ...slack('shortage', above, prices.shortMicroUsdPerHour),
        ...slack('floor', short - above, prices.floorShortMicroUsdPerHour),
      ];
    }),
  );
};

const bufferSlacks = ({ buffers }: Prepared, counted: readonly BufferCount[]): PricedSlack[] =>
  buffers.flatMap((ladder, index) =>
    counted[index]!.charged.flatMap((charged, periodIndex) =>
      charged === 0
        ? []
        : [
            pricedSlack(
              {
                ...{ name: 'buffer', subject: bufferSubject(ladder) },
                ...{ periodIndex, amount: charged / 1000, unit: 'gpus' },
              },
              counted[index]!.cost[periodIndex]!,
            ),
          ],
    ),
  );

const total = (slacks: readonly PricedSlack[]): ExactMoney => sumMoney(slacks, ({ cost }) => cost);
