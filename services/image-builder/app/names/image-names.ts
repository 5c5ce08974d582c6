import type { AnswerOf, AskOf, ImageId, ImageNameView, PublicationView } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';

type Row = {
  tag: string;
  image_id: ImageId;
  revision_id: string;
  published_at: string;
  published_by: string;
  created_at: string;
};
type NameKey = AskOf<'image-builder.find-published-image'>;

const publicationOf = (row: Row): PublicationView => ({
  imageId: row.image_id,
  revisionId: row.revision_id,
  publishedAtMs: Number(row.published_at),
  publishedBy: row.published_by,
});

/** Names of images: all that was published under each, the newest of which is what the name means. */
export class ImageNames {
  constructor(private readonly pool: SqlPool) {}

  /** Once for each revision, however often it is asked. */
  async publish(ask: AskOf<'image-builder.publish-image'>): Promise<void> {
    const { workspaceId, environment, tag, imageId, revisionId, publishedBy } = ask;
    await this.query(
      `insert into image_builder.publications
         (revision_id, workspace_id, environment, tag, image_id, published_at, published_by)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [revisionId, workspaceId, environment, tag, imageId, Date.now(), publishedBy],
    );
  }

  async find(key: NameKey): Promise<ImageId | undefined> {
    return (await this.history({ ...key, limit: 1 }))[0]?.imageId;
  }

  async list(ask: AskOf<'image-builder.list-image-names'>): Promise<readonly ImageNameView[]> {
    const { workspaceId, environment, prefix, imageId, after, limit } = ask;
    const rows = await this.query(
      `select * from (
         select distinct on (tag) *, min(published_at) over (partition by tag) as created_at
         from image_builder.publications
         where workspace_id = $1 and environment = $2 and starts_with(tag, $3) and ($4::text is null or tag > $4::text)
         order by tag, published_at desc, revision_id desc
       ) names
       where $5::text is null or image_id = $5::text
       order by tag limit $6`,
      [workspaceId, environment, prefix, after ?? null, imageId ?? null, limit],
    );
    return rows.map((row) => ({
      ...publicationOf(row),
      tag: row.tag,
      createdAtMs: Number(row.created_at),
    }));
  }

  async history({
    workspaceId,
    environment,
    tag,
    before,
    limit,
  }: AskOf<'image-builder.list-publications'>): Promise<
    AnswerOf<'image-builder.list-publications'>['publications']
  > {
    const rows = await this.query(
      `select *, published_at as created_at from image_builder.publications
       where workspace_id = $1 and environment = $2 and tag = $3
         and ($4::text is null or (published_at, revision_id) <
           (select published_at, revision_id from image_builder.publications where revision_id = $4::text))
       order by published_at desc, revision_id desc limit $5`,
      [workspaceId, environment, tag, before ?? null, limit],
    );
    return rows.map(publicationOf);
  }

  /** Says whether there was such a name. */
  async delete({ workspaceId, environment, tag }: NameKey): Promise<boolean> {
    const rows = await this.query(
      `delete from image_builder.publications
       where workspace_id = $1 and environment = $2 and tag = $3 returning *, published_at as created_at`,
      [workspaceId, environment, tag],
    );
    return rows.length > 0;
  }

  /** All that were published in an environment are those of another one. */
  async moveAll({ workspaceId, environment, to }: AskOf<'image-builder.move-image-names'>): Promise<void> {
    await this.query(
      'update image_builder.publications set environment = $3 where workspace_id = $1 and environment = $2',
      [workspaceId, environment, to],
    );
  }

  async deleteAll({ workspaceId, environment }: AskOf<'image-builder.delete-image-names'>): Promise<void> {
    await this.query('delete from image_builder.publications where workspace_id = $1 and environment = $2', [
      workspaceId,
      environment,
    ]);
  }

  private async query(text: string, values: readonly unknown[]): Promise<Row[]> {
    return (await this.pool.query<Row>({ text, values })).rows;
  }
}
