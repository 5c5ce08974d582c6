import { readConfig, required, type Environment, type SharedConfig } from '@slipway/nest-kit';
import type { ExportBucket } from './exports/shelf/s3-shelf.js';

export type BillingConfig = SharedConfig &
  Readonly<{
    /** Whether webhooks may go to addresses of this machine and of the networks behind it. */
    webhooksInside: boolean;
    /** Who runs the site, as exports name whoever issues its invoices. */
    issuer: string;
    /** For how many days an export's files are kept; 0: for ever. */
    exportDays: number;
    /** Where exports go when not on this machine's disk. */
    exportBucket?: ExportBucket;
  }>;

export const readBillingConfig = (env: Environment): BillingConfig => ({
  ...readConfig(env),
  webhooksInside: env['BILLING_WEBHOOKS_INSIDE'] === 'allowed',
  issuer: env['BILLING_ISSUER'] || 'Slipway',
  exportDays: readDays(env),
  ...(env['BILLING_EXPORT_S3_ENDPOINT'] ? { exportBucket: readBucket(env) } : {}),
});

/** A year and what finance needs to close it. */
const EXPORT_DAYS = '400';

const readDays = (env: Environment): number => {
  const text = env['BILLING_EXPORT_DAYS'] || EXPORT_DAYS;
  if (!/^\d{1,5}$/.test(text))
    throw new Error(
      `BILLING_EXPORT_DAYS is '${text}', but must be whole days, or 0 to keep exports for ever`,
    );
  return Number(text);
};

const readBucket = (env: Environment): ExportBucket => ({
  endpoint: required(env, 'BILLING_EXPORT_S3_ENDPOINT'),
  bucket: required(env, 'BILLING_EXPORT_S3_BUCKET'),
  region: env['BILLING_EXPORT_S3_REGION'] ?? 'us-east-1',
  accessKeyId: required(env, 'BILLING_EXPORT_S3_ACCESS_KEY_ID'),
  secretAccessKey: required(env, 'BILLING_EXPORT_S3_SECRET_ACCESS_KEY'),
  prefix: env['BILLING_EXPORT_S3_PREFIX'] ?? '',
});
