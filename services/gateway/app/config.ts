import {
  inheritedSocket,
  port,
  readConfig,
  required,
  type Environment,
  type SharedConfig,
} from '@slipway/nest-kit';
import type { LogRetention } from '@slipway/messaging';

export type TlsConfig = Readonly<{ certificateFile: string; keyFile: string; port: number }>;

export type GatewayConfig = SharedConfig &
  Readonly<{
    host: string;
    port: number;
    /** The port's socket, where somebody holds it for us. */
    listenFd?: number;
    tls?: TlsConfig;
    /** How clients reach this gateway, for the links that it answers. */
    publicUrl: string;
    /** Web endpoints are reached at `<label>.<webDomain>`. */
    webDomain: string;
    /** Whether also the first workspace that names a domain must show, by DNS, that it is its own. */
    domainProof: 'always' | 'of-others';
    /** A folder of `<domain>.crt` and `<domain>.key`, for TLS under names of the users' own. */
    certificatesFolder?: string;
    /** How clients and containers reach the blob-store. */
    blobStorePublicUrl: string;
    signingKey: string;
    /** How long the lines of containers are kept, and how much of them. */
    logRetention: LogRetention;
    /** For how many days `/v1` lists calls and containers that are over; 0: for ever. */
    activityDays: number;
    /** 32 bytes, hexadecimal: encrypts secrets. */
    masterKey: string;
    /** Keys that sealed secrets before it. */
    formerMasterKeys: readonly string[];
    /** A token that is made at the first start. */
    bootstrapToken?: Readonly<{ tokenId: string; tokenSecret: string }>;
  }>;

const KEY_DIGITS = 64;
const MASTER_KEY = /^[0-9a-f]{64}$/i;

const tlsOf = (env: Environment): TlsConfig | undefined =>
  env['GATEWAY_TLS_CERT'] && env['GATEWAY_TLS_KEY']
    ? {
        certificateFile: env['GATEWAY_TLS_CERT'],
        keyFile: env['GATEWAY_TLS_KEY'],
        port: port(env, 'GATEWAY_TLS_PORT'),
      }
    : undefined;

/** Throws by the name of where it stands, never with the key itself. */
const checkedKey = (name: string, key: string): string => {
  if (MASTER_KEY.test(key)) return key;
  throw new Error(
    key.length === KEY_DIGITS
      ? `${name} has a character that is no hexadecimal digit, but must be ${KEY_DIGITS} of them (32 bytes)`
      : `${name} has ${key.length} characters, but must be ${KEY_DIGITS} hexadecimal digits (32 bytes)`,
  );
};

/** With commas between them. */
const formerMasterKeysOf = (env: Environment): string[] =>
  (env['SLIPWAY_FORMER_MASTER_KEYS'] ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
    .map((key, place) => checkedKey(`key ${place + 1} of SLIPWAY_FORMER_MASTER_KEYS`, key));

const aboveZero = (env: Environment, name: string, fallback: number): number => {
  const value = Number(env[name] || fallback);
  if (!(value > 0)) throw new Error(`${name} is '${env[name]}', but must be a number above 0`);
  return value;
};

/** Metrics look back 31 days. */
const FEWEST_ACTIVITY_DAYS = 32;

const activityDaysOf = (env: Environment): number => {
  const text = env['GATEWAY_ACTIVITY_DAYS'] || '400';
  const days = Number(text);
  if (/^\d{1,5}$/.test(text) && (days === 0 || days >= FEWEST_ACTIVITY_DAYS)) return days;
  throw new Error(
    `GATEWAY_ACTIVITY_DAYS is '${text}', but must be ${FEWEST_ACTIVITY_DAYS} whole days or more, or 0 to list calls and containers for ever`,
  );
};

const domainProofOf = (env: Environment): GatewayConfig['domainProof'] => {
  const value = env['GATEWAY_DOMAIN_PROOF'] || 'of-others';
  if (value === 'always' || value === 'of-others') return value;
  throw new Error(`GATEWAY_DOMAIN_PROOF is '${value}', but must be always or of-others`);
};

/** The gateway's settings. Throws an error that names what is missing or wrong. */
export const readGatewayConfig = (env: Environment): GatewayConfig => {
  const shared = readConfig(env);
  const publicPort = port(env, 'GATEWAY_PORT');
  const tls = tlsOf(env);
  const listenFd = inheritedSocket(env);
  const tokenId = env['SLIPWAY_BOOTSTRAP_TOKEN_ID'];
  const tokenSecret = env['SLIPWAY_BOOTSTRAP_TOKEN_SECRET'];
  return {
    ...shared,
    host: env['GATEWAY_HOST'] ?? '127.0.0.1',
    port: publicPort,
    ...(listenFd === undefined ? {} : { listenFd }),
    ...(tls ? { tls } : {}),
    publicUrl: env['GATEWAY_PUBLIC_URL'] ?? `http://127.0.0.1:${publicPort}`,
    webDomain: (env['SLIPWAY_WEB_DOMAIN'] ?? 'localhost').toLowerCase(),
    domainProof: domainProofOf(env),
    ...(env['SLIPWAY_WEB_CERTIFICATES'] ? { certificatesFolder: env['SLIPWAY_WEB_CERTIFICATES'] } : {}),
    blobStorePublicUrl: env['BLOB_STORE_PUBLIC_URL'] ?? shared.blobStoreUrl,
    signingKey: required(env, 'SLIPWAY_SIGNING_KEY'),
    logRetention: {
      days: aboveZero(env, 'SLIPWAY_LOG_RETENTION_DAYS', 7),
      gib: aboveZero(env, 'SLIPWAY_LOG_RETENTION_GIB', 4),
    },
    activityDays: activityDaysOf(env),
    masterKey: checkedKey('SLIPWAY_MASTER_KEY', required(env, 'SLIPWAY_MASTER_KEY')),
    formerMasterKeys: formerMasterKeysOf(env),
    ...(tokenId && tokenSecret ? { bootstrapToken: { tokenId, tokenSecret } } : {}),
  };
};
