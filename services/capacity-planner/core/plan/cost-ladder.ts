import type { Prepared } from '../model/prepared.js';
import type { ExactCounts } from './exact-counts.js';
import { each, hourly, sumMoney, toMicroUsd, waited, type ExactMoney } from './exact-money.js';
import type { CostLadder } from './plan.js';
import { coveredMoney } from './cover-by-commitments.js';
import { nodesMoneyPerHour } from './nodes-money.js';

const HOUR_MS = 3_600_000;

/** What service, buffers and slacks cost, by their own reckoning. */
export type PricedService = Readonly<{
  containerMs: readonly Float64Array[];
  shortage: ExactMoney;
  buffer: ExactMoney;
  slacks: ExactMoney;
}>;

/** The plan's cost line by line: every line is summed exactly and rounded once. */
export const costLadder = (prepared: Prepared, counts: ExactCounts, service: PricedService): CostLadder => {
  const { periods, units, groups, pairs, cells } = prepared;
  const last = periods.length - 1;
  const byUnit = (perHour: (unit: (typeof units)[number]) => number): ExactMoney =>
    sumMoney(units, (unit) =>
      sumMoney(periods, ({ lengthMs }, period) =>
        hourly(perHour(unit), counts.nodes[unit.index]![period]!, lengthMs),
      ),
    );
  const changes = (of: 'starts' | 'stops', price: 'startMicroUsd' | 'stopMicroUsd'): ExactMoney =>
    sumMoney(units, ({ index, prices }) =>
      sumMoney(periods, (_, period) => each(prices[price], counts[of][index]![period]!)),
    );
  const exact = {
    infrastructureMicroUsd:
      byUnit(({ prices }) => prices.listMicroUsdPerHour) -
      sumMoney(periods, ({ lengthMs }, period) =>
        coveredMoney(prepared, (unit) => counts.nodes[unit]![period]!, period, lengthMs),
      ),
    commitmentsMicroUsd: sumMoney(prepared.commitments, ({ commitment, active }) =>
      sumMoney(periods, ({ lengthMs }, period) =>
        active[period] ? hourly(commitment.priceMicroUsdPerHour, 1000, lengthMs) : 0n,
      ),
    ),
    egressMicroUsd: sumMoney(periods, ({ lengthMs }, period) =>
      egressMoney(prepared, counts, period, lengthMs),
    ),
    qualityMicroUsd: byUnit(({ prices }) => prices.qualityMicroUsdPerHour),
    preemptionMicroUsd:
      byUnit(({ prices }) => prices.preemptionMicroUsdPerHour) +
      sumMoney(periods, ({ lengthMs }, period) =>
        sumMoney(pairs, ({ group, cell }, pair) =>
          hourly(cells[cell]!.risk[group]!, counts.served[pair]![period]!, lengthMs),
        ),
      ),
    startsMicroUsd: changes('starts', 'startMicroUsd'),
    stopsMicroUsd: changes('stops', 'stopMicroUsd'),
    movesMicroUsd: movesMoney(prepared, counts),
    latenessMicroUsd: sumMoney(groups, ({ index, prices }) =>
      sumMoney(periods, (_, period) =>
        waited(prices.lateMicroUsdPerHour, service.containerMs[index]![period]!),
      ),
    ),
    shortageMicroUsd: service.shortage,
    bufferMicroUsd: service.buffer,
    slacksMicroUsd: service.slacks,
    terminalMicroUsd:
      -sumMoney(units, ({ index, prices }) => each(prices.startMicroUsd, counts.nodes[index]![last]!)) / 2n,
  };
  const lines = Object.fromEntries(
    Object.entries(exact).map(([line, amount]) => [line, toMicroUsd(amount)]),
  ) as Record<keyof typeof exact, number>;
  const committed = prepared.commitments.reduce(
    (sum, { commitment, active }) => sum + (active[0] ? commitment.priceMicroUsdPerHour : 0),
    0,
  );
  return {
    ...lines,
    totalMicroUsd: Object.values(lines).reduce((sum, line) => sum + line, 0),
    paidMicroUsd: lines.infrastructureMicroUsd + lines.commitmentsMicroUsd + lines.egressMicroUsd,
    paidMicroUsdPerHourAfter:
      committed +
      toMicroUsd(
        nodesMoneyPerHour(prepared, (unit) => counts.nodes[unit]![0]!) +
          egressMoney(prepared, counts, 0, HOUR_MS),
      ),
    paidMicroUsdPerHourBefore:
      committed + toMicroUsd(nodesMoneyPerHour(prepared, (unit) => units[unit]!.held * 1000)),
  };
};

const egressMoney = (
  { pairs, cells }: Prepared,
  { served }: ExactCounts,
  period: number,
  lengthMs: number,
): ExactMoney =>
  sumMoney(pairs, ({ group, cell }, pair) =>
    hourly(cells[cell]!.egress[group]!, served[pair]![period]!, lengthMs),
  );

const movesMoney = ({ sticky, pairs }: Prepared, { served }: ExactCounts): ExactMoney => {
  if (sticky.length === 0) return 0n;
  const pairOf = new Map(pairs.map(({ group, cell }, pair) => [`${group}/${cell}`, pair]));
  return sumMoney(sticky, ({ group, cell, containers, moveMicroUsd }) =>
    each(moveMicroUsd, Math.max(0, containers * 1000 - served[pairOf.get(`${group}/${cell}`)!]![0]!)),
  );
};
