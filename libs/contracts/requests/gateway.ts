import type { EnvironmentChoice } from '../environment-choice.js';
import type { AppId, FunctionId, SecretId } from '../ids.js';
import type { Ask, OfWorkspace } from './ask.js';

/** What the gateway is asked by the services behind it. */
export interface GatewayRequests {
  /** The variables that the secrets make, later ids winning. `readable`: for somebody who may look into these environments alone. */
  'gateway.open-secrets': Ask<
    OfWorkspace & Readonly<{ secretIds: readonly SecretId[]; readable?: EnvironmentChoice }>,
    Readonly<{ env: Readonly<Record<string, string>> }>
  >;
  /**
   * What a container of a version knows of its app, as the client's wire protocol encodes it, base64;
   * its own function is a part of it also when no version has it. `pinned`: the functions in it keep to the version.
   */
  'gateway.get-app-layout': Ask<
    OfWorkspace & Readonly<{ appId: AppId; version: number; pinned: boolean; ownFunctionId: FunctionId }>,
    Readonly<{ layoutBase64: string }>
  >;
}
