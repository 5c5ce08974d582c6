import {
  inheritedSocket,
  port,
  readConfig,
  required,
  type Environment,
  type SharedConfig,
} from '@slipway/nest-kit';
import type { S3Location } from './objects-on-s3/s3-object-store.js';

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
    ...(env['BLOB_STORE_S3_ENDPOINT'] ? { s3: readS3(env) } : {}),
  };
};

const readS3 = (env: Environment): S3Location => ({
  endpoint: required(env, 'BLOB_STORE_S3_ENDPOINT'),
  bucket: required(env, 'BLOB_STORE_S3_BUCKET'),
  region: env['BLOB_STORE_S3_REGION'] ?? 'us-east-1',
  accessKeyId: required(env, 'BLOB_STORE_S3_ACCESS_KEY_ID'),
  secretAccessKey: required(env, 'BLOB_STORE_S3_SECRET_ACCESS_KEY'),
});
