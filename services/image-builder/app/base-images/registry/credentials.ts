import type { RegistryAuth } from '@slipway/image-builder-core';
import type { WorkspaceId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { Credentials } from './registry.js';

/** Reads the login for a registry out of the secret that the image names. */
export const openCredentials = async (
  bus: Bus,
  { secretId, type, workspaceId }: RegistryAuth & Readonly<{ workspaceId: WorkspaceId }>,
): Promise<Credentials> => {
  const { env } = await bus.persist('gateway.open-secrets', { workspaceId, secretIds: [secretId] });
  const [username, password] = [env['REGISTRY_USERNAME'], env['REGISTRY_PASSWORD']];
  if (username !== undefined && password !== undefined) return { username, password };
  if (env['SERVICE_ACCOUNT_JSON'] !== undefined)
    return { username: '_json_key', password: env['SERVICE_ACCOUNT_JSON'] };
  throw new RefusedError(
    refuse(
      'unsupported',
      'registry-login-unsupported',
      `the registry login of type '${type}' is not supported: give a secret with REGISTRY_USERNAME and REGISTRY_PASSWORD, or SERVICE_ACCOUNT_JSON`,
    ),
  );
};
