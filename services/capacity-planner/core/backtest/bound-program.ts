import type { NodeShape } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { LinearProgram } from '../ports.js';
import { ProgramBuilder } from '../program/program-builder.js';
import { usualPriceMicroUsd } from '../simulation/accounts/usual-price.js';
import { stepHours, type Period } from '../simulation/period.js';
import { weightOf } from '../simulation/weight.js';
import { boundCells, type BoundCell } from './bound-cells.js';

const HOUR_MS = 3_600_000;
const MIB_PER_GIB = 1_024;
const dollars = (microUsd: number): number => microUsd / 1_000_000;

/** The columns of one step: nodes by offer. */
type NodeColumns = ReadonlyMap<number, number>;

/**
 * The cheapest that the accounted steps of a period could have cost somebody who knew them beforehand, as a linear program in
 * dollars: fractions of nodes, starts in time, no minimum billing, no failed start, no placing in whole containers. Losses of nodes
 * count as what they take on average; a node that is started is paid for during the lead of its offer.
 */
export const boundProgram = (period: Period): LinearProgram => {
  const builder = new ProgramBuilder();
  const cells = boundCells(period);
  const usual = period.groups.map((group) => usualPriceMicroUsd(period.offers, group));
  let before: NodeColumns | undefined;
  for (let step = period.warmUpSteps; step < period.steps; step += 1) {
    const nodes = addNodes(builder, period, cells, step, before);
    addQuotas(builder, period, nodes);
    addDemand(builder, period, cells, step, nodes, usual);
    before = nodes;
  }
  return builder.build();
};

const addNodes = (
  builder: ProgramBuilder,
  period: Period,
  cells: readonly BoundCell[],
  step: number,
  before: NodeColumns | undefined,
): NodeColumns => {
  const nodes = new Map<number, number>();
  for (const offer of cells.flatMap(({ offers }) => offers)) {
    const { priceMicroUsdPerNodeHour, openNodes, lostShare, leadMs } = period.histories[offer]!;
    const price = dollars(priceMicroUsdPerNodeHour[step]!);
    const most = Math.max(...openNodes.slice(0, step + 1));
    if (most === 0) continue;
    const column = builder.addColumn({
      cost: price * stepHours(period),
      upper: most,
    });
    nodes.set(offer, column);
    // What runs when the accounts begin was started before them.
    if (before === undefined) continue;
    const starts = builder.addColumn({
      cost: (price * leadMs) / HOUR_MS,
      upper: openNodes[step]!,
    });
    const row = builder.addRow(-Infinity, 0);
    builder.put(row, column, 1);
    builder.put(row, starts, -1);
    const earlier = before.get(offer);
    if (earlier !== undefined) builder.put(row, earlier, -(1 - lostShare[step]!));
  }
  return nodes;
};

const addQuotas = (builder: ProgramBuilder, { quotas, offers }: Period, nodes: NodeColumns): void => {
  for (const { scope, limit } of quotas) {
    const row = builder.addRow(-Infinity, limit);
    for (const [offer, column] of nodes) {
      const { vendor, region, purchase, shape } = offers[offer]!;
      if (
        scope.vendor === vendor &&
        (scope.region === undefined || scope.region === region) &&
        (scope.gpuType === undefined || scope.gpuType === shape.gpuType) &&
        (scope.purchase === undefined || scope.purchase === purchase)
      )
        builder.put(row, column, Math.max(1, shape.gpuCount));
    }
  }
};

/** Who is served where: whole demand, or the price of being late with it; and room for containers of each size. */
const addDemand = (
  builder: ProgramBuilder,
  period: Period,
  cells: readonly BoundCell[],
  step: number,
  nodes: NodeColumns,
  usual: readonly number[],
): void => {
  const hours = stepHours(period);
  const demandRows = period.groups.map((group, index) => {
    const wanted = period.demand[index]![period.pastSteps + step]! * weightOf(group);
    const row = builder.addRow(wanted, wanted);
    const late = period.waitPrices.lateness[group.waitClass] * dollars(usual[index]!) * hours;
    builder.put(row, builder.addColumn({ cost: late }), 1);
    return row;
  });
  for (const { offers, groups } of cells) {
    if (!offers.some((offer) => nodes.has(offer))) continue;
    const served = groups.map(({ group, egressMicroUsdPerHour }) => {
      const weight = weightOf(period.groups[group]!);
      const column = builder.addColumn({
        cost: (dollars(egressMicroUsdPerHour) / weight) * hours,
      });
      builder.put(demandRows[group]!, column, 1);
      return { group: period.groups[group]!, column };
    });
    for (const { size, need, room } of roomRows(served)) {
      const row = builder.addRow(-Infinity, 0);
      for (const one of served)
        if (one.group.gpusPerContainer >= size) builder.put(row, one.column, need(one.group));
      for (const offer of offers) {
        const column = nodes.get(offer);
        const holds = room(period.offers[offer]!.shape);
        if (column !== undefined && holds > 0) builder.put(row, column, -holds);
      }
    }
  }
};

/** A row of a cell: what one unit of who needs GPUs of this size or larger takes, and what a node has of it. */
type RoomRow = Readonly<{
  size: number;
  need: (group: DemandGroup) => number;
  room: (shape: NodeShape) => number;
}>;

/** Sizes of GPUs divide each other, so each has its row; who needs none shares processors and memory. */
const roomRows = (served: readonly Readonly<{ group: DemandGroup }>[]): readonly RoomRow[] =>
  [...new Set(served.map(({ group }) => group.gpusPerContainer))].flatMap((size): readonly RoomRow[] =>
    size > 0
      ? [{ size, need: () => 1, room: ({ gpuCount }) => size * Math.floor(gpuCount / size) }]
      : [
          {
            size,
            need: (group) => group.vcpusPerContainer / weightOf(group),
            room: ({ vcpus }) => vcpus,
          },
          {
            size,
            need: (group) => group.memoryMiBPerContainer / weightOf(group) / MIB_PER_GIB,
            room: ({ memoryMiB }) => memoryMiB / MIB_PER_GIB,
          },
        ],
  );
