import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Digest, MountFile, MountId, WorkspaceId } from '@slipway/contracts';
import type { Contents } from '@slipway/image-builder-core';
import type { Bus } from '@slipway/messaging';
import { putMountList, readMount, type ObjectClient, type StoredObject } from '@slipway/nest-kit';

/** Files and mounts in the blob-store. */
export class BlobStoreContents implements Contents {
  constructor(
    private readonly bus: Bus,
    private readonly objects: ObjectClient,
  ) {}

  async putFile(body: string): Promise<Digest> {
    return (await putWithPatience(this.objects, Buffer.from(body))).digest;
  }

  async createMount(workspaceId: WorkspaceId, files: readonly MountFile[]): Promise<MountId> {
    const listDigest = await withPatience(() => putMountList(this.objects, files));
    const ask = { workspaceId, listDigest, namedBy: 'platform' } as const;
    return (await this.bus.persist('blob-store.create-mount', ask)).mountId;
  }

  async filesOf(mountId: MountId): Promise<readonly MountFile[]> {
    return (await readMount(this.bus, mountId)).files;
  }
}

const PAUSE_MS = 250;
const PATIENCE_MS = 30_000;

/** Stores a file of a build's context, waiting out a blob-store that restarts. It is there for a day, and as long as the mount that the build makes of it. */
export const putWithPatience = async (
  objects: Pick<ObjectClient, 'putFile'>,
  body: Buffer,
): Promise<StoredObject> => ({
  digest: await withPatience(() => objects.putFile(body)),
  sizeBytes: body.length,
});

/** Waits out a blob-store that restarts. */
export const withPatience = async <Stored>(put: () => Promise<Stored>): Promise<Stored> => {
  for (const until = Date.now() + PATIENCE_MS; ;) {
    try {
      return await put();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(PAUSE_MS);
    }
  }
};

export const sha256Hex = (body: string | Buffer): string => createHash('sha256').update(body).digest('hex');

export const describeFile = (body: string): { digest: Digest; sizeBytes: number } => ({
  digest: sha256Hex(body) as Digest,
  sizeBytes: Buffer.byteLength(body),
});
