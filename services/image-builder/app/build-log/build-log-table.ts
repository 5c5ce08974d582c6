import type { ImageId, ImageProgress } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { storable } from '@slipway/kernel';

/** `entry` counts from 1 for each image, over all attempts to build it. */
export type BuildLogEntry = ImageProgress['logs'][number] & Readonly<{ entry: number; attempt: number }>;

/** An entry with what its message adds to it, in characters. */
export const sizeOf = ({ data }: Pick<BuildLogEntry, 'data'>): number => data.length + 100;

type Row = Omit<BuildLogEntry, 'at'> & { at: string };

const ROWS_PER_PAGE = 500;
/** So few at once that no statement holds others up. */
const ROWS_PER_DELETE = 1_000;
const entryOf = (row: Row): BuildLogEntry => ({ ...row, at: Number(row.at) });

/** What builds said, in PostgreSQL. */
export class BuildLogTable {
  constructor(private readonly pool: SqlPool) {}

  /** What is there already stays as it is. */
  async write(rows: readonly (BuildLogEntry & Readonly<{ imageId: ImageId }>)[]): Promise<void> {
    await this.pool.query({
      name: 'write-build-log',
      text: `insert into image_builder.build_log (image_id, entry, attempt, stream, data, at)
             select r."imageId", r.entry, r.attempt, r.stream, r.data, r.at
             from json_to_recordset($1::json)
                  as r("imageId" text, entry integer, attempt integer, stream text, data text, at bigint)
             on conflict do nothing`,
      values: [JSON.stringify(storable(rows))],
    });
  }

  /** What an attempt, or else the last one, said after an entry: the first of it. */
  async page(imageId: ImageId, afterEntry: number, attempt?: number): Promise<readonly BuildLogEntry[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'read-build-log',
      text: `select entry, attempt, stream, data, at from image_builder.build_log
             where image_id = $1 and entry > $2 and attempt = coalesce($3::integer, (
               select attempt from image_builder.build_log where image_id = $1 order by entry desc limit 1))
             order by entry limit ${ROWS_PER_PAGE}`,
      values: [imageId, afterEntry, attempt ?? null],
    });
    return rows.map(entryOf);
  }

  async last(imageId: ImageId): Promise<BuildLogEntry | undefined> {
    const { rows } = await this.pool.query<Row>({
      name: 'last-of-build-log',
      text: `select entry, attempt, stream, data, at from image_builder.build_log
             where image_id = $1 order by entry desc limit 1`,
      values: [imageId],
    });
    return rows[0] && entryOf(rows[0]);
  }

  /** Removes what was said before a moment, but nothing of a last attempt that went on after it, nor of images that are being built. */
  async forget(
    saidBefore: number,
    building: readonly ImageId[],
    rowsPerDelete = ROWS_PER_DELETE,
  ): Promise<void> {
    for (;;) {
      const { rowCount } = await this.pool.query({
        name: 'forget-build-log',
        text: `delete from image_builder.build_log where (image_id, entry) in (
                 select image_id, entry from image_builder.build_log old
                 where at < $1 and image_id <> all($2) and not exists (
                   select from (select attempt, at from image_builder.build_log
                     where image_id = old.image_id order by entry desc limit 1) last
                   where last.attempt = old.attempt and last.at >= $1)
                 order by at limit $3)`,
        values: [saidBefore, building, rowsPerDelete],
      });
      if ((rowCount ?? 0) < rowsPerDelete) return;
    }
  }
}
