import {
  inheritedSocket,
  port,
  readConfig,
  required,
  type Environment,
  type SharedConfig,
} from '@slipway/nest-kit';
import type { S3Location } from './objects-on-s3/s3-bucket.js';

export type BlobStoreConfig = SharedConfig &
  Readonly<{
    port: number;
    host: string;
    /** The port's socket, where somebody holds it for us. */
    listenFd?: number;
    /** Signs the URLs of the public side. */
    signingKey: string;
    /** Where the bytes go when not on this machine's disk. */
    s3?: S3Location;
    /** Where an operator has copied all objects to, in the words of objects-place.ts. */
    objectsMovedTo?: string;
  }>;

export const readBlobStoreConfig = (env: Environment): BlobStoreConfig => {
  const listenPort = port(env, 'BLOB_STORE_PORT');
  const listenFd = inheritedSocket(env);
  const host = env['BLOB_STORE_HOST'] ?? '127.0.0.1';
  return {
    ...readConfig({ BLOB_STORE_URL: `http://127.0.0.1:${listenPort}`, ...env }),
    port: listenPort,
    host,
    ...(listenFd === undefined ? {} : { listenFd }),
    signingKey: required(env, 'SLIPWAY_SIGNING_KEY'),
    ...(namesS3(env) ? { s3: readS3(env) } : {}),
    ...(env['BLOB_STORE_MOVED_TO'] ? { objectsMovedTo: env['BLOB_STORE_MOVED_TO'] } : {}),
  };
};

/** One of its settings alone is a mistake, and not the disk. */
const namesS3 = (env: Environment): boolean =>
  Object.entries(env).some(([name, value]) => name.startsWith('BLOB_STORE_S3_') && value);

const readS3 = (env: Environment): S3Location => ({
  endpoint: required(env, 'BLOB_STORE_S3_ENDPOINT'),
  bucket: required(env, 'BLOB_STORE_S3_BUCKET'),
  region: env['BLOB_STORE_S3_REGION'] ?? 'us-east-1',
  accessKeyId: required(env, 'BLOB_STORE_S3_ACCESS_KEY_ID'),
  secretAccessKey: required(env, 'BLOB_STORE_S3_SECRET_ACCESS_KEY'),
});
