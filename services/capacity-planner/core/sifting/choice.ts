import type { Prepared } from '../model/prepared.js';
import type { BuiltProgram } from '../program/program-layout.js';

/** What takes part: 1 by unit and by pair. All else is left out, as if it were not offered. */
export type Choice = Readonly<{ units: Uint8Array; pairs: Uint8Array }>;

export const allOf = ({ units, pairs }: Prepared): Choice => ({
  units: new Uint8Array(units.length).fill(1),
  pairs: new Uint8Array(pairs.length).fill(1),
});

export const takesAll = ({ units, pairs }: Choice): boolean => !units.includes(0) && !pairs.includes(0);

/** The columns of what takes part, and of all that belongs to no unit and no pair; ascending. */
export const columnsOf = (
  { program, layout }: BuiltProgram,
  { cells, markets }: Prepared,
  { units, pairs }: Choice,
): Int32Array => {
  const stays = new Uint8Array(program.columns).fill(1);
  const drop = (columns: Iterable<number>): void => {
    for (const column of columns) stays[column] = 0;
  };
  units.forEach((takesPart, unit) => {
    if (takesPart === 1) return;
    drop(layout.nodes[unit]!);
    drop(layout.starts[unit]!);
    drop(layout.kept[unit]!);
  });
  pairs.forEach((takesPart, pair) => {
    if (takesPart === 0) drop(layout.served[pair]!);
  });
  for (const cell of cells)
    if (!cell.units.some((unit) => units[unit] === 1)) layout.cellRows[cell.index]!.late.forEach(drop);
  const isEmpty = new Set(
    markets.filter((market) => !market.units.some((unit) => units[unit] === 1)).map(({ name }) => name),
  );
  for (const { rule, column } of layout.softRows)
    if (rule.name === 'market-share' && isEmpty.has(rule.subject)) stays[column] = 0;
  return Int32Array.from([...stays.keys()].filter((column) => stays[column] === 1));
};
