import type { RejectedOffer } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import type { Instant } from '@slipway/kernel';
import type { CatalogueView } from '../catalogue/catalogue-view.js';
import { compressJson, decompressJson } from './compressed-json.js';

type OnKept = (view: CatalogueView, at: Instant) => Promise<void>;

type Row = { rejected: readonly RejectedOffer[]; content: Buffer };
type Content = Omit<CatalogueView, 'version' | 'rejected'>;

/** Where so many in a row cannot be read, the store is lost. */
const MOST_BEFORE = 100;

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
             values ($1, $2, $3, $4::json, $5) on conflict (version) do update set content = excluded.content`,
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

  /** Rejects with an `UnreadableError` where what is kept of the version is damaged. */
  async find(version: string): Promise<CatalogueView | undefined> {
    const { rows } = await this.pool.query<Row>({
      text: `select rejected, content from capacity_planner.catalogue_versions where version = $1`,
      values: [version],
    });
    const [row] = rows;
    if (row === undefined) return undefined;
    const content = await decompressJson<Content>(`the kept catalogue ${version}`, row.content);
    return { ...content, version, rejected: row.rejected };
  }

  /** The versions that were first seen before this one, the newest first. */
  async versionsBefore(version: string): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ version: string }>({
      text: `select earlier.version from capacity_planner.catalogue_versions earlier
             join capacity_planner.catalogue_versions this on this.version = $1
             where earlier.first_seen_at <= this.first_seen_at and earlier.version <> $1
             order by earlier.first_seen_at desc limit $2`,
      values: [version, MOST_BEFORE],
    });
    return rows.map((row) => row.version);
  }
}
