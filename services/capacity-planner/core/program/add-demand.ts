import type { Prepared } from '../model/prepared.js';
import { dollars } from './dollars.js';
import type { Integrality } from './integrality.js';
import type { ProgramBuilder } from './program-builder.js';
import type { ProgramLayout } from './program-layout.js';

export type DemandColumns = Pick<ProgramLayout, 'served' | 'short' | 'floorShort' | 'demandRows'>;

/** Containers served by group, cell and period, and those that are short: what is served and short together is what is wanted. */
export const addDemand = (
  builder: ProgramBuilder,
  { groups, cells, pairs, periods }: Prepared,
  integrality: Integrality,
): DemandColumns => {
  const isInteger = (group: number, period: number): boolean =>
    integrality.flows === 'integer' &&
    period < integrality.periods &&
    Number.isInteger(groups[group]!.wanted[period]);
  const short = groups.map(({ index, group, prices, wanted }) =>
    Int32Array.from(periods, ({ hours }, period) =>
      builder.addColumn({
        cost: dollars(prices.shortMicroUsdPerHour * hours),
        upper: (wanted[period] ?? 0) - group.floorContainers,
        integer: isInteger(index, period),
      }),
    ),
  );
  const floorShort = groups.map(({ index, group, prices }) =>
    Int32Array.from(periods, ({ hours }, period) =>
      group.floorContainers === 0
        ? -1
        : builder.addColumn({
            cost: dollars(prices.floorShortMicroUsdPerHour * hours),
            upper: group.floorContainers,
            integer: isInteger(index, period),
          }),
    ),
  );
  const demandRows = groups.map(({ index, wanted }) =>
    Int32Array.from(periods, (_, period) => {
      const row = builder.addRow(wanted[period] ?? 0, wanted[period] ?? 0);
      builder.put(row, short[index]![period]!, 1);
      const belowFloor = floorShort[index]![period]!;
      if (belowFloor >= 0) builder.put(row, belowFloor, 1);
      return row;
    }),
  );
  const served = pairs.map(({ group, cell }) =>
    Int32Array.from(periods, ({ hours }, period) => {
      const column = builder.addColumn({
        cost: dollars(((cells[cell]!.egress[group] ?? 0) + (cells[cell]!.risk[group] ?? 0)) * hours),
        integer: isInteger(group, period),
      });
      builder.put(demandRows[group]![period]!, column, 1);
      return column;
    }),
  );
  return { served, short, floorShort, demandRows };
};
