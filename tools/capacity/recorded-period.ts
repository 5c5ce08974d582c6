import type { PublicApi } from '../platform/open-public-api.ts';
import { UsageError } from '../terminal/parse-arguments.ts';
import { readMoment } from '../terminal/read-moment.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The API gives no more rows at once. */
const PAGE = 5_000;

export type PeriodRows = readonly Readonly<Record<string, unknown>>[];

type Page = Readonly<{ items: PeriodRows; nextCursor: string | null }>;

/** `--from` and `--until`; the day that ends with the last whole minute where neither is said. Throws UsageError. */
export const readSpan = (
  texts: ReadonlyMap<string, string>,
  now: number,
): Readonly<{ from: string; until: string }> => {
  const moment = (name: string, otherwise: number): number => {
    const text = texts.get(name);
    return text === undefined ? otherwise : Date.parse(readMoment(`--${name}`, text));
  };
  const until = moment('until', Math.floor(now / MINUTE_MS) * MINUTE_MS);
  const from = moment('from', until - DAY_MS);
  if (from >= until)
    throw new UsageError(
      `--from is ${new Date(from).toISOString()}, which is not before --until, ${new Date(until).toISOString()}`,
    );
  return { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
};

/** What a site has recorded of a time, page by page. */
export const fetchRecordedPeriod = async (
  api: PublicApi,
  span: Readonly<{ from: string; until: string }>,
): Promise<PeriodRows> => {
  const rows: PeriodRows[number][] = [];
  for (let cursor: string | null = '0'; cursor !== null;) {
    const query = new URLSearchParams({ ...span, cursor, limit: String(PAGE) });
    const page = (await api.get(`/capacity/recorded-period?${query.toString()}`)) as Page;
    for (const row of page.items) rows.push(row);
    cursor = page.nextCursor;
  }
  return rows;
};

/** As a trace is written: one row a line. */
export const linesOf = (rows: PeriodRows): string => rows.map((row) => JSON.stringify(row)).join('\n');
