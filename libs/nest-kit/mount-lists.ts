import type { Digest, MountFile, MountId, MountView } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from './object-client.js';

/** Stores the list of a mount's files, for `create-mount` to read; nothing keeps it for more than a day. */
export const putMountList = (objects: ObjectClient, files: readonly MountFile[]): Promise<Digest> =>
  objects.putBlock(Buffer.from(JSON.stringify(files)));

/** A mount with all its files, page by page. */
export const readMount = async (bus: Pick<Bus, 'persist'>, mountId: MountId): Promise<MountView> => {
  const files: MountFile[] = [];
  for (let after: string | undefined; ;) {
    const page = await bus.persist('blob-store.get-mount', {
      mountId,
      ...(after === undefined ? {} : { after }),
    });
    for (const file of page.files) files.push(file);
    if (page.next === undefined) return { mountId, checksum: page.checksum, files };
    after = page.next;
  }
};
