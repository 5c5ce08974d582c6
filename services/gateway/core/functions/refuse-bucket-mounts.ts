import { refuse, type Refusal } from '@slipway/kernel';

export type BucketMountRequest = Readonly<{ bucketName: string; mountPath: string }>;

/** Buckets are not mounted: what a program would write at such a path would be lost with its container. */
export const refuseBucketMounts = (
  functionName: string,
  mounts: readonly BucketMountRequest[] = [],
): Refusal | undefined =>
  mounts[0] &&
  refuse(
    'unsupported',
    'no-bucket-mounts',
    `Function '${functionName}' asks for CloudBucketMount('${mounts[0].bucketName}') at '${mounts[0].mountPath}', but this server mounts no buckets. Mount a modal.Volume there, or use the bucket's own client with its keys in a modal.Secret.`,
  );
