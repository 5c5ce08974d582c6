import type { Prepared } from '../model/prepared.js';
import { usableSlots } from '../model/slots.js';
import type { Draft } from '../plan/draft.js';
import { nodeBins, type NodeBin } from '../plan/node-bins.js';
import type { LinearProgram } from '../ports.js';
import { dollars } from './dollars.js';
import { lateHours } from './late-classes.js';
import { ProgramBuilder } from './program-builder.js';

/** Who stands where in the first period on nodes that are given, in whole containers. */
export type PlacingProgram = Readonly<{
  program: LinearProgram;
  /** By pair: what stays where it stands, and the columns of what is placed beside it. */
  stands: Float64Array;
  columns: readonly (readonly number[])[];
}>;

/**
 * The program of the first period alone, with a draft's nodes: what is sticky stays on nodes that stay, and the rest finds room in what
 * these leave, node by node; late is who is put on nodes that are on their way. Without the later periods and the choice of nodes it
 * is small enough for whole containers everywhere, which the program of the whole horizon is not.
 */
export const placingProgram = (prepared: Prepared, draft: Draft): PlacingProgram => {
  const { groups, cells, pairs, periods, units } = prepared;
  const { hours, lengthMs } = periods[0]!;
  const builder = new ProgramBuilder();
  const { bins } = nodeBins(prepared, (unit) => Math.round(draft.nodes[unit]![0]!));
  const binsOf = Map.groupBy(bins, ({ unit }) => units[unit]!.cell);
  const stands = Float64Array.from(pairs, ({ group, cell }) => countOn(binsOf.get(cell) ?? [], group));
  const waiting = groups.map(({ wanted }) => wanted[0]!);
  pairs.forEach(({ group }, pair) => (waiting[group]! -= stands[pair]!));
  const demand = groups.map(({ index, group, prices }) => {
    const left = Math.max(0, waiting[index]!);
    const row = builder.addRow(left, left);
    const belowFloor = Math.min(left, group.floorContainers);
    for (const [most, microUsdPerHour] of [
      [left - belowFloor, prices.shortMicroUsdPerHour],
      [belowFloor, prices.floorShortMicroUsdPerHour],
    ] as const)
      if (most > 0)
        builder.put(row, builder.addColumn({ cost: dollars(microUsdPerHour * hours), upper: most }), 1);
    return row;
  });
  const pairsOf = Map.groupBy(pairs.keys(), (pair) => pairs[pair]!.cell);
  const columns = pairs.map((): number[] => []);
  for (const [index, ofCell] of binsOf) {
    const cell = cells[index]!;
    for (const there of [true, false]) {
      const room = ofCell.filter((bin) => bin.there === there);
      if (room.length === 0) continue;
      const rows = cell.sizes.map((size) => ({
        size,
        row: builder.addRow(
          -Infinity,
          room.reduce((sum, { free }) => sum + usableSlots(free, size), 0),
        ),
      }));
      for (const pair of pairsOf.get(index) ?? []) {
        const { group } = pairs[pair]!;
        if (waiting[group]! <= 0) continue;
        const taken = cell.slots[group]!;
        const wait = there ? 0 : groups[group]!.prices.lateMicroUsdPerHour * lateHours(cell, lengthMs);
        const column = builder.addColumn({
          cost: dollars((cell.egress[group]! + cell.risk[group]!) * hours + wait),
          integer: true,
        });
        columns[pair]!.push(column);
        builder.put(demand[group]!, column, 1);
        for (const { size, row } of rows) if (size <= taken) builder.put(row, column, taken);
      }
    }
  }
  return { program: builder.build(), stands, columns };
};

const countOn = (bins: readonly NodeBin[], group: number): number =>
  bins.reduce((sum, { containers }) => sum + (containers.get(group) ?? 0), 0);
