import type { Prepared } from '../model/prepared.js';
import type { DemandColumns } from './add-demand.js';
import type { NodeColumns } from './add-nodes.js';
import { addLarge } from './add-large.js';
import { dollars } from './dollars.js';
import { lateClasses, lateHours } from './late-classes.js';
import type { ProgramBuilder } from './program-builder.js';
import type { Waiting } from './on-time-rows.js';

/** Who stands on nodes that start in the period waits for them, those first whose wait costs least: served - late ≤ slots that were there before. */
export const addOnTime = (
  builder: ProgramBuilder,
  prepared: Prepared,
  { cell, period, pairs, there, rows, kept }: Waiting,
  { nodes, starts, served }: NodeColumns & DemandColumns,
): void => {
  const classes = lateClasses(cell, prepared);
  const onTime = builder.addRow(-Infinity, 0);
  rows.onTime[period] = onTime;
  rows.late[period] = new Int32Array(classes.length);
  rows.within[period] = new Int32Array(classes.length).fill(-1);
  for (const unit of cell.units) {
    const { slots } = prepared.units[unit]!;
    if (period === 0 && there.has(unit)) {
      builder.put(onTime, there.get(unit)!, -slots);
      continue;
    }
    builder.put(onTime, nodes[unit]![period]!, -slots);
    builder.put(onTime, starts[unit]![period]!, slots);
  }
  for (const [place, { microUsdPerSlotHour, groups }] of classes.entries()) {
    const late = builder.addColumn({
      cost: dollars(microUsdPerSlotHour * lateHours(cell, prepared.periods[period]!.lengthMs)),
    });
    rows.late[period][place] = late;
    builder.put(onTime, late, -1);
    // Those whose wait costs most wait last: of each class no more than stand there, and of sticky groups only who is new. What
    // is left is at the price of the dearest class, though those who run were moved.
    const within = place === classes.length - 1 ? undefined : builder.addRow(-Infinity, 0);
    if (within !== undefined) {
      rows.within[period][place] = within;
      builder.put(within, late, 1);
    }
    for (const pair of pairs) {
      const { group } = prepared.pairs[pair]!;
      if (!groups.includes(group)) continue;
      const taken = cell.slots[group]!;
      builder.put(onTime, served[pair]![period]!, taken);
      if (within === undefined) continue;
      const most = prepared.newcomers[group]![period];
      if (most === undefined) builder.put(within, served[pair]![period]!, -taken);
      if (most === undefined || most === 0) continue;
      const row = builder.addRow(-Infinity, 0);
      const isNew = builder.addColumn({ upper: most });
      builder.put(row, isNew, 1);
      builder.put(row, served[pair]![period]!, -1);
      builder.put(within, isNew, -taken);
      rows.newcomers[period]!.push({ row, place, taken });
    }
  }
  if (prepared.problem.fleet.nodes !== undefined)
    rows.large[period] = addLarge(
      builder,
      prepared,
      { cell, period, pairs, there, rows, kept },
      { nodes, starts, served },
    );
};
