import type { RejectedOffer } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import type { Instant } from '@slipway/kernel';
import type { CatalogueView } from '../catalogue/catalogue-view.js';
import { compressJson, decompressJson } from './compressed-json.js';

type OnKept = (view: CatalogueView, at: Instant) => Promise<void>;

type Row = { rejected: readonly RejectedOffer[]; content: Buffer };

/** Every catalogue that a plan was made from. */
export class CatalogueStore {
  private newest: string | undefined;

  constructor(
    private readonly pool: SqlPool,
    /** Hears of each one before a plan that was made from it is kept. */
    private readonly onKept: OnKept = () => Promise.resolve(),
  ) {}

  async save(view: CatalogueView, at: Instant): Promise<void> {
    if (view.version === this.newest) return;
    const { version, rejected, ...content } = view;
    await this.pool.query({
      text: `insert into capacity_planner.catalogue_versions (version, first_seen_at, offers, rejected, content)
             values ($1, $2, $3, $4::json, $5) on conflict (version) do nothing`,
      values: [
        version,
        Math.round(at),
        view.offers.length,
        JSON.stringify(rejected),
        await compressJson(content),
      ],
    });
    await this.onKept(view, at);
    this.newest = version;
  }

  async find(version: string): Promise<CatalogueView | undefined> {
    const { rows } = await this.pool.query<Row>({
      text: `select rejected, content from capacity_planner.catalogue_versions where version = $1`,
      values: [version],
    });
    const [row] = rows;
    if (row === undefined) return undefined;
    const content = await decompressJson<Omit<CatalogueView, 'version' | 'rejected'>>(row.content);
    return { ...content, version, rejected: row.rejected };
  }
}
