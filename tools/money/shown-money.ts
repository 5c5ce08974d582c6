import { renderTable } from '../terminal/table.ts';
import type { Asked } from './money-commands.ts';

type Row = Readonly<Record<string, unknown>>;

/** What was answered, for people: a list as a table, a page as it is, all else as JSON that can be read. */
export const shownMoney = (answer: unknown, asked: Asked): string => {
  if (typeof answer === 'string') return answer;
  const { items } = answer as { items?: readonly Row[] };
  if (!('columns' in asked) || asked.columns === undefined || items === undefined)
    return JSON.stringify(answer, null, 2);
  if (items.length === 0) return 'none';
  const { columns } = asked;
  return renderTable(
    columns.map((column) => column.toUpperCase()),
    items.map((row) => columns.map((column) => String(row[column] ?? ''))),
  );
};
