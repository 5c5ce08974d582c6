import { catalogueOf, keptOf, type Catalogue, type KeptCatalogue } from '@slipway/capacity-planner-core';
import type { SqlPool } from '@slipway/event-store';
import type { Instant } from '@slipway/kernel';
import { compressJson, decompressJson } from './compressed-json.js';

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

  async find(source: CatalogueRead): Promise<Catalogue | undefined> {
    const { rows } = await this.pool.query<{ content: Buffer }>({
      text: `select content from capacity_planner.catalogues_read where source = $1`,
      values: [source],
    });
    return rows[0] && catalogueOf(await decompressJson<KeptCatalogue>(rows[0].content));
  }
}
