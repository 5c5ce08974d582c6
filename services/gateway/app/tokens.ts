/** Injection tokens of the gateway's own parts. */
export const DATABASE = Symbol('database');
export const POOL = Symbol('connection pool');
export const AUTHENTICATOR = Symbol('authenticator');
export const SECRETS = Symbol('secrets');
export const DICTS = Symbol('dicts');
export const QUEUES = Symbol('queues');
export const HANDLES = Symbol('handles');
export const ENVIRONMENTS = Symbol('environments');
export const TOKENS = Symbol('tokens');
export const WEB_ROUTES = Symbol('web routes');
export const PROXY_TOKENS = Symbol('proxy tokens');
export const WEB_FRONT = Symbol('web front');
export const GRPC_SERVER = Symbol('gRPC server');
export const ACTIVITY = Symbol('activity');
export const LOG_HISTORY = Symbol('log history');
export const RATE_LIMIT = Symbol('rate limit');
export const OPENAPI = Symbol('OpenAPI');
