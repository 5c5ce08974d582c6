import type { Prepared } from '../model/prepared.js';
import type { DemandColumns } from './add-demand.js';
import { dollars } from './dollars.js';
import { LATENESS_UP_TO_MS, lateHours } from './late-classes.js';
import type { ProgramBuilder } from './program-builder.js';

/** In the first period of a small fleet late is who cannot be served by what is held now: late ≥ served - ready, and waits where it is served. */
export const addLateNow = (
  builder: ProgramBuilder,
  { periods, groups, pairs, cells, ready }: Prepared,
  served: DemandColumns['served'],
): void => {
  const { lengthMs } = periods[0]!;
  if (ready === undefined || lengthMs > LATENESS_UP_TO_MS) return;
  const waits = new Map<number, number>();
  for (const { index, wanted } of groups)
    if (wanted[0]! > ready[index]!) waits.set(index, builder.addRow(-Infinity, ready[index]!));
  pairs.forEach(({ group, cell }, pair) => {
    const row = waits.get(group);
    if (row === undefined) return;
    const { lateMicroUsdPerHour } = groups[group]!.prices;
    const late = builder.addColumn({
      cost: dollars(lateMicroUsdPerHour * lateHours(cells[cell]!, lengthMs)),
    });
    builder.put(row, served[pair]![0]!, 1);
    builder.put(row, late, -1);
    const within = builder.addRow(-Infinity, 0);
    builder.put(within, late, 1);
    builder.put(within, served[pair]![0]!, -1);
  });
};
