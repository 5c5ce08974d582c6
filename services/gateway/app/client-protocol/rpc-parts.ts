import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';
import type { LogHistory } from '../logs/log-history.js';
import type { Activity } from '../store/activity.js';
import type { Environments } from '../store/environments.js';
import type { Handles } from '../store/handles.js';
import type { Secrets } from '../store/secrets.js';
import type { Dicts } from '../store/state/dicts.js';
import type { Queues } from '../store/state/queues.js';
import type { ProxyTokens } from '../store/proxy-tokens.js';
import type { Tokens } from '../store/tokens.js';
import type { WebRoutes } from '../store/web-routes.js';
import type { WebAddresses } from '../web-front/web-addresses.js';

/** What rpcs work with; each takes only the parts that it names. */
export type RpcParts = Readonly<{
  bus: Bus;
  objects: ObjectClient;
  activity: Activity;
  logHistory: LogHistory;
  environments: Environments;
  secrets: Secrets;
  dicts: Dicts;
  queues: Queues;
  handles: Handles;
  tokens: Tokens;
  webRoutes: WebRoutes;
  webAddresses: WebAddresses;
  proxyTokens: ProxyTokens;
  signingKey: string;
  publicUrl: string;
  blobStorePublicUrl: string;
}>;
