import type { Cell, Prepared } from '../model/prepared.js';
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
  const { groups, cells, pairs, units } = prepared;
  const builder = new ProgramBuilder();
  const { bins } = nodeBins(prepared, (unit) => Math.round(draft.nodes[unit]![0]!));
  const binsOf = Map.groupBy(bins, ({ unit }) => units[unit]!.cell);
  const pairsOf = Map.groupBy(pairs.keys(), (pair) => pairs[pair]!.cell);
  const stands = Float64Array.from(pairs, ({ group, cell }) => countOn(binsOf.get(cell) ?? [], group));
  const left = groups.map(({ wanted }) => wanted[0]!);
  pairs.forEach(({ group }, pair) => (left[group]! -= stands[pair]!));
  const demandRows = addLeft(builder, prepared, left);
  const columns = pairs.map((): number[] => []);
  for (const [cell, ofCell] of binsOf)
    for (const there of [true, false]) {
      const room = ofCell.filter((bin) => bin.there === there);
      if (room.length === 0) continue;
      const placed = (pairsOf.get(cell) ?? []).filter((pair) => left[pairs[pair]!.group]! > 0);
      const added = addRoom(
        builder,
        prepared,
        { cell: cells[cell]!, pairs: placed, room, there },
        demandRows,
      );
      placed.forEach((pair, at) => columns[pair]!.push(added[at]!));
    }
  return { program: builder.build(), stands, columns };
};

const countOn = (bins: readonly NodeBin[], group: number): number =>
  bins.reduce((sum, { containers }) => sum + (containers.get(group) ?? 0), 0);

/** By group a row: of those who stand nowhere each is placed, or short, those above a customer's floor first. */
const addLeft = (
  builder: ProgramBuilder,
  { groups, periods }: Prepared,
  left: readonly number[],
): readonly number[] =>
  groups.map(({ index, group, prices }) => {
    const most = Math.max(0, left[index]!);
    const row = builder.addRow(most, most);
    const belowFloor = Math.min(most, group.floorContainers);
    const short = (upper: number, microUsdPerHour: number): void => {
      const cost = dollars(microUsdPerHour * periods[0]!.hours);
      if (upper > 0) builder.put(row, builder.addColumn({ cost, upper }), 1);
    };
    short(most - belowFloor, prices.shortMicroUsdPerHour);
    short(belowFloor, prices.floorShortMicroUsdPerHour);
    return row;
  });

type Room = Readonly<{ cell: Cell; pairs: readonly number[]; room: readonly NodeBin[]; there: boolean }>;

/** Containers of a cell's groups on some of its nodes, by pair: those of at least each size fit what such containers can use of each node. */
const addRoom = (
  builder: ProgramBuilder,
  { groups, pairs, periods }: Prepared,
  { cell, pairs: placed, room, there }: Room,
  demandRows: readonly number[],
): readonly number[] => {
  const { hours, lengthMs } = periods[0]!;
  const rows = cell.sizes.map((size) => {
    const usable = room.reduce((sum, { free }) => sum + usableSlots(free, size), 0);
    return { size, row: builder.addRow(-Infinity, usable) };
  });
  return placed.map((pair) => {
    const { group } = pairs[pair]!;
    const taken = cell.slots[group]!;
    const wait = there ? 0 : groups[group]!.prices.lateMicroUsdPerHour * lateHours(cell, lengthMs);
    const stay = (cell.egress[group]! + cell.risk[group]!) * hours;
    const column = builder.addColumn({ cost: dollars(stay + wait), integer: true });
    builder.put(demandRows[group]!, column, 1);
    for (const { size, row } of rows) if (size <= taken) builder.put(row, column, taken);
    return column;
  });
};
