import type { PublicApi } from '../platform/open-public-api.ts';
import { UsageError, type FlagKinds, type ParsedArguments } from '../terminal/parse-arguments.ts';

/** One page of a list of `/v1`, with whatever it says besides. */
export type Page = Readonly<{ items: readonly unknown[]; nextCursor?: string | null }>;

const USUAL_LIMIT = 200;
/** The API gives no more at once. */
const PAGE = 500;

export const pageOptions: FlagKinds = { all: 'flag', limit: 'number' };

/**
 * Reads a list until as many items are there as are asked for: `--all`, or `--limit N`, or 200. What only the first page says
 * besides stays, of the rest the last one knows best. Throws UsageError.
 */
export const readPages = async <Answer extends Page>(
  api: PublicApi,
  path: string,
  query: Readonly<Record<string, string>>,
  { flags, numbers }: Pick<ParsedArguments, 'flags' | 'numbers'>,
): Promise<Answer> => {
  const limit = numbers.get('limit');
  if (limit !== undefined && flags.has('all')) throw new UsageError('give --all or --limit, not both');
  if (limit === 0) throw new UsageError('--limit is 0; it must be 1 or more');
  const most = flags.has('all') ? Infinity : (limit ?? USUAL_LIMIT);
  const read = async (cursor?: string, left = most): Promise<Answer> => {
    const asked = new URLSearchParams({
      ...query,
      limit: String(Math.min(PAGE, left)),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return (await api.get(`${path}?${asked.toString()}`)) as Answer;
  };
  let answer = await read();
  while (answer.nextCursor && answer.items.length < most) {
    const next = await read(answer.nextCursor, most - answer.items.length);
    if (next.items.length === 0) return { ...answer, ...next, items: answer.items };
    answer = { ...answer, ...next, items: [...answer.items, ...next.items] };
  }
  return answer;
};

/** How many of how many are shown, and how the others are. */
export const shownOf = (
  { items, nextCursor, total }: Page & Readonly<{ total?: number }>,
  what: string,
): string => {
  const how = nextCursor ? '; --all shows all, --limit N so many' : '';
  return total === undefined
    ? `${items.length} ${what}${nextCursor ? ', and there are more' : ''}${how}`
    : `${items.length} of ${total} ${what}${how}`;
};
