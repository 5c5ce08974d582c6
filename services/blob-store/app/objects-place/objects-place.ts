import type { BlobStoreConfig } from '../config.js';

/** Where all objects of a platform lie, in words that stay the same from start to start. */
export const objectsPlaceOf = ({ s3 }: Pick<BlobStoreConfig, 's3'>): string =>
  s3 ? `the bucket ${s3.bucket} at ${s3.endpoint}` : 'the disk of this machine';

type Places = Readonly<{
  /** Where they were at the last start; nothing at the first one. */
  known: string | undefined;
  configured: string;
  /** The place that the operator says they were copied to. */
  movedTo: string | undefined;
}>;

/**
 * Objects that lie elsewhere would be missing one and all, and new ones would be kept apart from them. Throws an error that says how
 * to go on unless the objects lie where they did, or were moved.
 */
export const checkObjectsPlace = ({ known, configured, movedTo }: Places): void => {
  if (known === undefined || known === configured || movedTo === configured) return;
  throw new Error(
    `the place of this platform's objects is ${known}, but the BLOB_STORE_S3_… settings name ${configured}: ` +
      `set them as before; or, once all objects were copied there, set BLOB_STORE_MOVED_TO='${configured}'`,
  );
};

/** The objects of a platform that has some, but has not written down where, must be among those that are found. */
export const checkFirstPlace = (
  configured: string,
  { wanted, found }: Readonly<{ wanted: number; found: number }>,
): void => {
  if (wanted === 0 || found > 0) return;
  throw new Error(
    `none of ${wanted} objects of this platform that were looked for is in the place that the BLOB_STORE_S3_… settings name, ` +
      `${configured}: set them as before; or, where it is the right one, set BLOB_STORE_MOVED_TO='${configured}'`,
  );
};
