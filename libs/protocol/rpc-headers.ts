import { readClientType } from './client-type.js';
import type { ClientType } from './generated/workspace.js';

/** The first value of a header by its lower-case name, or undefined. */
export type HeaderLookup = (name: string) => string | undefined;

export type Credentials = Readonly<{ tokenId: string; tokenSecret: string }>;

/** What a client says of itself and of this attempt in the metadata of each rpc. */
export type RpcHeaders = Readonly<{
  clientType: ClientType;
  /** Of the Python package; the JavaScript and Go clients always say 1.0.0. */
  clientVersion: string | undefined;
  /** Of the JavaScript and Go packages. */
  libraryVersion: string | undefined;
  pythonVersion: string | undefined;
  /** Name of the caller's machine. */
  node: string | undefined;
  platform: string | undefined;
  /** Host of the server URL as the client has it, kept through TCP proxies. */
  host: string | undefined;
  /** Absent on containers: they are known by their connection. */
  credentials: Credentials | undefined;
  /** The JWT of AuthTokenGet. */
  authToken: string | undefined;
  /** The same for all attempts of one request. */
  idempotencyKey: string | undefined;
  /** 0 = the first attempt. */
  retryAttempt: number;
  /** How often this server made the client wait; not counted in retryAttempt. */
  throttleRetryAttempt: number;
  /** When the client first sent the request, in seconds since 1970 by its own clock. */
  sentAtSeconds: number | undefined;
}>;

const text = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** Undoes percent-encoding; a text that is not well encoded is taken as it stands. */
const decoded = (value: string | undefined): string | undefined => {
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

const count = (value: string | undefined): number => (/^\d{1,9}$/.test(value ?? '') ? Number(value) : 0);

const seconds = (value: string | undefined): number | undefined => {
  const parsed = Number.parseFloat(value ?? '');
  return Number.isFinite(parsed) ? parsed : undefined;
};

/**
 * Reads the metadata of an rpc. Never throws: headers come from strangers, and what cannot be read counts as absent.
 *
 * With grpc-js: `readRpcHeaders((name) => metadata.get(name)[0]?.toString())`.
 */
export const readRpcHeaders = (header: HeaderLookup): RpcHeaders => {
  const tokenId = text(header('x-modal-token-id'));
  const tokenSecret = text(header('x-modal-token-secret'));
  return {
    clientType: readClientType(header('x-modal-client-type')),
    clientVersion: text(header('x-modal-client-version')),
    libraryVersion: text(header('x-modal-libmodal-version')),
    pythonVersion: text(header('x-modal-python-version')),
    node: decoded(text(header('x-modal-node'))),
    platform: decoded(text(header('x-modal-platform'))),
    host: text(header('x-modal-host')),
    credentials: tokenId && tokenSecret ? { tokenId, tokenSecret } : undefined,
    authToken: text(header('x-modal-auth-token')),
    idempotencyKey: text(header('x-idempotency-key')),
    retryAttempt: count(header('x-retry-attempt')),
    throttleRetryAttempt: count(header('x-throttle-retry-attempt')),
    sentAtSeconds: seconds(header('x-modal-timestamp')),
  };
};
