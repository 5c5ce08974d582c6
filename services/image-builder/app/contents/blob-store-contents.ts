import { createHash } from 'node:crypto';
import type { Digest, MountFile, MountId, WorkspaceId } from '@slipway/contracts';
import type { Contents } from '@slipway/image-builder-core';
import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';

/** Files and mounts in the blob-store. */
export class BlobStoreContents implements Contents {
  constructor(
    private readonly bus: Bus,
    private readonly objects: ObjectClient,
  ) {}

  async putFile(body: string): Promise<Digest> {
    return (await this.objects.put(Buffer.from(body))).digest;
  }

  async createMount(workspaceId: WorkspaceId, files: readonly MountFile[]): Promise<MountId> {
    return (await this.bus.persist('blob-store.create-mount', { workspaceId, files })).mountId;
  }

  async filesOf(mountId: MountId): Promise<readonly MountFile[]> {
    return (await this.bus.persist('blob-store.get-mount', { mountId })).files;
  }
}

export const sha256Hex = (body: string | Buffer): string => createHash('sha256').update(body).digest('hex');

export const describeFile = (body: string): { digest: Digest; sizeBytes: number } => ({
  digest: sha256Hex(body) as Digest,
  sizeBytes: Buffer.byteLength(body),
});
