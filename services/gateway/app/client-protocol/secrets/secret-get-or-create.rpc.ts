import { accepted, refuse } from '@slipway/kernel';
import { callerName, chooseObject, refuseName } from '@slipway/gateway-core';
import { ObjectCreationType } from '@slipway/protocol';
import type { SecretRow } from '../../store/entities.js';
import { objectWanted } from '../object-wanted.js';
import type { RpcCall, UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { secretMetadata } from './secret-metadata.js';

type Parts = Pick<RpcParts, 'secrets' | 'environments'>;
type Request = Parameters<UnaryRpc<'secretGetOrCreate'>>[0];

const requireKeys = (row: SecretRow, requiredKeys: readonly string[]): void => {
  const missing = requiredKeys.filter((key) => !row.keys.includes(key));
  if (missing.length > 0)
    accepted(
      refuse(
        'conflict',
        'secret-keys-missing',
        // By the first three words the JavaScript client knows what this is.
        `Secret is missing key(s) ${missing.join(', ')}: '${row.name ?? row.secretId}' has ${row.keys.join(', ') || 'no keys'}.`,
      ),
    );
};

/** Looks a secret up by name, or makes one: named, or nameless for one app. */
export const secretGetOrCreate =
  (parts: Parts): UnaryRpc<'secretGetOrCreate'> =>
  async (request, call) => {
    const row =
      request.deploymentName === ''
        ? await nameless(parts, request, call)
        : await named(parts, request, call);
    requireKeys(row, request.requiredKeys);
    return { secretId: row.secretId, metadata: secretMetadata(row) };
  };

const nameless = async (
  { secrets, environments }: Parts,
  request: Request,
  call: RpcCall,
): Promise<SecretRow> => {
  const { caller } = call;
  return secrets.create({
    secretId: call.newId('st'),
    workspaceId: caller.workspaceId,
    environment: await environments.resolve(caller, request.environmentName),
    appId: request.appId,
    variables: request.envDict,
    createdBy: callerName(caller),
  });
};

const named = async (
  { secrets, environments }: Parts,
  request: Request,
  call: RpcCall,
): Promise<SecretRow> => {
  const { caller } = call;
  const { workspaceId } = caller;
  const { deploymentName: name, envDict: variables, objectCreationType } = request;
  const environment = await environments.resolve(caller, request.environmentName);
  const secretId = call.newId('st');
  const overwrites = objectCreationType === ObjectCreationType.CREATE_OVERWRITE_IF_EXISTS;
  const wanted = overwrites ? 'create-if-missing' : objectWanted('secret', objectCreationType);
  const check = (found: SecretRow | undefined) => {
    const exists = found !== undefined && found.secretId !== secretId;
    return accepted(chooseObject({ kind: 'secret', name, environment, wanted, exists }));
  };
  const found = await secrets.find({ workspaceId, environment, name });
  if (check(found) === 'create' && found === undefined) {
    const refusal = refuseName('a secret', name);
    if (refusal) accepted(refusal);
  }
  const row =
    found ??
    (await secrets.create({
      secretId,
      workspaceId,
      environment,
      name,
      variables,
      createdBy: callerName(caller),
    }));
  // Another may have made it meanwhile.
  check(row);
  return overwrites && row.secretId !== secretId
    ? secrets.replace(workspaceId, row.secretId, variables)
    : row;
};
