import type { Digest } from '@slipway/contracts';
import type { Refusal } from '@slipway/kernel';
import { createBlobs, type Blobs } from './blobs/create-blobs.js';
import { collectGarbage, type Collected } from './garbage/collect-garbage.js';
import { createMounts, type Mounts } from './mounts/create-mounts.js';
import { ObjectShelf } from './objects/object-shelf.js';
import type { Ports } from './ports.js';
import { createVolumeBlocks, type VolumeBlocks } from './volumes/create-volume-blocks.js';
import { createVolumeTrees, type VolumeTrees } from './volumes/create-volume-trees.js';
import { createVolumes, type Volumes } from './volumes/create-volumes.js';
import { UPLOAD_LIMITS, type UploadLimits } from './uploads/plan-upload.js';
import { checkSignature, type SignedRequest } from './signing/signed-path.js';

export type BlobStore = Readonly<{
  shelf: ObjectShelf;
  blobs: Blobs;
  mounts: Mounts;
  volumes: Volumes;
  volumeTrees: VolumeTrees;
  volumeBlocks: VolumeBlocks;
  sizeOf(digest: Digest): Promise<number | undefined>;
  /** Why a request on the public side is not let in, if so. */
  checkSignature(request: SignedRequest): Refusal | undefined;
  collectGarbage(): Promise<Collected>;
}>;

/** The whole service without its shell. */
export const createBlobStore = (ports: Ports, limits: UploadLimits = UPLOAD_LIMITS): BlobStore => {
  const shelf = new ObjectShelf(ports);
  return {
    shelf,
    blobs: createBlobs(ports, shelf, limits),
    mounts: createMounts(ports),
    volumes: createVolumes(ports),
    volumeTrees: createVolumeTrees(ports),
    volumeBlocks: createVolumeBlocks(ports, shelf),
    sizeOf: (digest) => ports.objects.sizeOf(digest),
    checkSignature: (request) => checkSignature(request, ports.now(), ports.hashing.hmac),
    collectGarbage: () => collectGarbage(ports, shelf),
  };
};
