import { refuse, type Refusal } from '@slipway/kernel';

/** Where a page ends: the moment and id of its last row. Rows are listed from the newest on. */
export type PageMark = Readonly<{ createdAt: number; id: string }>;

export type Page<Row> = Readonly<{ items: readonly Row[]; nextCursor: string | null }>;

export const writeCursor = ({ createdAt, id }: PageMark): string => `${createdAt}.${id}`;

const SHAPE = /^(\d{1,16})\.([A-Za-z0-9_-]{1,128})$/;

export const readCursor = (cursor: string): PageMark | Refusal => {
  const [, createdAt, id] = SHAPE.exec(cursor) ?? [];
  return createdAt === undefined || id === undefined
    ? refuse('invalid', 'cursor-invalid', `'${cursor}' is no cursor: pass the nextCursor of the page before.`)
    : { createdAt: Number(createdAt), id };
};

/** A page from one row more than it may hold, which tells whether another page follows. */
export const pageOf = <Row>(
  rows: readonly Row[],
  limit: number,
  markOf: (row: Row) => PageMark,
): Page<Row> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? writeCursor(markOf(last)) : null };
};
