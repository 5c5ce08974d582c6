import { catalogueOf, isKeptCatalogue, keptOf, type Catalogue } from '@slipway/capacity-planner-core';
import type { SqlPool } from '@slipway/event-store';
import type { Instant } from '@slipway/kernel';
import { compressJson, decompressJson } from './compressed-json.js';
import { UnreadableError } from './unreadable-error.js';

/** Where a catalogue was read from: our files, or vendors' own lists. */
export type CatalogueRead = 'files' | 'vendors';

/** The catalogue that each source had when it was last read, whether a plan was made from it or not. */
export class ReadCatalogueStore {
  constructor(private readonly pool: SqlPool) {}

  async save(source: CatalogueRead, catalogue: Catalogue, at: Instant): Promise<void> {
    await this.pool.query({
      text: `insert into capacity_planner.catalogues_read (source, read_at, content) values ($1, $2, $3)
             on conflict (source) do update set read_at = excluded.read_at, content = excluded.content`,
      values: [source, Math.round(at), await compressJson(keptOf(catalogue))],
    });
  }

  /** Rejects with an `UnreadableError` where something is kept that is no catalogue. */
  async find(source: CatalogueRead): Promise<Catalogue | undefined> {
    const { rows } = await this.pool.query<{ content: Buffer }>({
      text: `select content from capacity_planner.catalogues_read where source = $1`,
      values: [source],
    });
    return rows[0] && decoded(source, rows[0].content);
  }
}

const decoded = async (source: CatalogueRead, content: Buffer): Promise<Catalogue> => {
  const kept = await decompressJson<unknown>(`the kept catalogue of ${source}`, content);
  if (isKeptCatalogue(kept)) return catalogueOf(kept);
  throw new UnreadableError(`the kept catalogue of ${source} is of another shape`);
};
