import type { AppId, SecretId } from '../ids.js';
import type { Ask, OfWorkspace } from './ask.js';

/** What the gateway is asked by the services behind it. */
export interface GatewayRequests {
  /** The environment that the secrets make, later ids winning. */
  'gateway.open-secrets': Ask<
    OfWorkspace & Readonly<{ secretIds: readonly SecretId[] }>,
    Readonly<{ env: Readonly<Record<string, string>> }>
  >;
  /** The app's layout as the client's wire protocol encodes it, base64. */
  'gateway.get-app-layout': Ask<OfWorkspace & Readonly<{ appId: AppId }>, Readonly<{ layoutBase64: string }>>;
}
