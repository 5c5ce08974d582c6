import { refuse, RefusedError } from '@slipway/kernel';
import { refuseName } from '@slipway/gateway-core';
import { deterministicId, ObjectCreationType } from '@slipway/protocol';
import type { SecretRow } from '../../store/entities.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { secretMetadata } from './secret-metadata.js';

const requireKeys = (row: SecretRow, requiredKeys: readonly string[]): void => {
  const missing = requiredKeys.filter((key) => !row.keys.includes(key));
  if (missing.length > 0)
    throw new RefusedError(
      refuse(
        'conflict',
        'secret-keys-missing',
        `Secret '${row.name ?? row.secretId}' lacks ${missing.join(', ')}; it has ${row.keys.join(', ') || 'no keys'}.`,
      ),
    );
};

/** Looks a secret up by name, or makes one: named, or nameless for one app. */
export const secretGetOrCreate =
  ({ secrets, environments }: Pick<RpcParts, 'secrets' | 'environments'>): UnaryRpc<'secretGetOrCreate'> =>
  async (request, call) => {
    const { workspaceId } = call.caller;
    const { deploymentName: name, envDict: variables, appId, objectCreationType } = request;
    const environment = await environments.resolve(call.caller, request.environmentName);
    const answer = (row: SecretRow) => {
      requireKeys(row, request.requiredKeys);
      return { secretId: row.secretId, metadata: secretMetadata(row) };
    };
    if (name === '')
      return answer(
        await secrets.put({ secretId: call.newId('st'), workspaceId, environment, appId, variables }),
      );
    const found = await secrets.find({ workspaceId, environment, name });
    const secretId = found?.secretId ?? deterministicId('st', workspaceId, environment, name);
    if (found && objectCreationType === ObjectCreationType.CREATE_FAIL_IF_EXISTS)
      throw new RefusedError(
        refuse(
          'already-exists',
          'secret-exists',
          `A secret '${name}' exists in environment '${environment}'.`,
        ),
      );
    if (found && objectCreationType !== ObjectCreationType.CREATE_OVERWRITE_IF_EXISTS) return answer(found);
    if (!found && objectCreationType === ObjectCreationType.UNSPECIFIED)
      throw new RefusedError(
        refuse(
          'not-found',
          'secret-not-found',
          `No secret '${name}' in environment '${environment}'. Make it with \`modal secret create ${name} KEY=value\`.`,
        ),
      );
    const refusal = refuseName('a secret', name);
    if (refusal) throw new RefusedError(refusal);
    return answer(await secrets.put({ secretId, workspaceId, environment, name, variables }));
  };
