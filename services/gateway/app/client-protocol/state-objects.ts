import { accepted, refuse, type Refusal } from '@slipway/kernel';
import { callerName, chooseObject, EPHEMERAL_LIFE_MS, refuseName } from '@slipway/gateway-core';
import { ObjectCreationType } from '@slipway/protocol';
import type { Environments } from '../store/environments.js';
import type { StateObject, StateObjects } from '../store/state/state-objects.js';
import { objectWanted } from './object-wanted.js';
import type { RpcCall } from './rpc.js';

export type StateObjectAsked = Readonly<{
  deploymentName: string;
  environmentName: string;
  objectCreationType: ObjectCreationType;
}>;

type Parts = Readonly<{ objects: StateObjects; environments: Environments }>;

/** A dict or queue by name, or a new one; `isNew` where this very request made it. */
export const getOrCreateStateObject = async (
  { objects, environments }: Parts,
  asked: StateObjectAsked,
  call: RpcCall,
): Promise<StateObject & { isNew: boolean }> => {
  const { workspaceId } = call.caller;
  const { kind } = objects;
  const environment = await environments.resolve(call.caller, asked.environmentName);
  const objectId = call.newId(kind === 'dict' ? 'di' : 'qu');
  const at = Date.now();
  const fresh = { objectId, workspaceId, environment, createdBy: callerName(call.caller), at };
  if (asked.objectCreationType === ObjectCreationType.EPHEMERAL) {
    await objects.create({ ...fresh, expiresAt: at + EPHEMERAL_LIFE_MS });
    return { ...(await objects.get(workspaceId, objectId)), isNew: true };
  }
  const name = asked.deploymentName;
  const refusal = refuseName(`a ${kind}`, name);
  if (refusal) accepted(refusal);
  const wanted = objectWanted(kind, asked.objectCreationType);
  for (let tries = 0; ; tries += 1) {
    const found = await objects.find(workspaceId, environment, name);
    const isNew = found?.objectId === objectId;
    const exists = found !== undefined && !isNew;
    accepted(chooseObject({ kind, name, environment, wanted, exists }));
    if (found) return { ...found, isNew };
    // Nobody has the name, and still it cannot be made: it is the request's own id that is taken.
    if (tries === MOST_TRIES) accepted(madeBefore(kind, name));
    if (await objects.create({ ...fresh, name })) tries = 0;
  }
};

/** A name that others take and give up meanwhile is tried for again. */
const MOST_TRIES = 3;

const madeBefore = (kind: string, name: string): Refusal =>
  refuse(
    'conflict',
    'request-made-before',
    `This request made a ${kind} before that is not called '${name}', or is gone: make a new request.`,
  );

/** What clients are told of an object beside its id. */
export const stateMetadata = ({ name, createdAt, createdBy }: StateObject) => ({
  name: name ?? '',
  creationInfo: { createdAt: createdAt / 1000, createdBy },
});
