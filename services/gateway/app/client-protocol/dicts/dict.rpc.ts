import { accepted } from '@slipway/kernel';
import { EPHEMERAL_LIFE_MS, refuseDictUpdate } from '@slipway/gateway-core';
import { DictGetOrCreateResponse, DictListResponse, type DictEntry } from '@slipway/protocol';
import { listPage } from '../list-page.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { getOrCreateStateObject, stateMetadata } from '../state-objects.js';

type Parts = Pick<RpcParts, 'dicts' | 'environments'>;

export const checkEntries = (entries: readonly DictEntry[]): void => {
  const refusal = refuseDictUpdate(
    entries.map(({ key, value }) => ({ keyBytes: key.length, valueBytes: value.length })),
  );
  if (refusal) accepted(refusal);
};

export const dictGetOrCreate =
  ({ dicts, environments }: Parts): UnaryRpc<'dictGetOrCreate'> =>
  async (request, call) => {
    checkEntries(request.data);
    const dict = await getOrCreateStateObject({ objects: dicts.objects, environments }, request, call);
    if (dict.isNew && request.data.length > 0)
      await dicts.entries.update({
        dictId: dict.objectId,
        entries: request.data,
        existing: 'keep',
        receiptId: call.newId('di'),
        at: Date.now(),
      });
    return DictGetOrCreateResponse.fromPartial({ dictId: dict.objectId, metadata: stateMetadata(dict) });
  };

export const dictGetById =
  ({ dicts }: Parts): UnaryRpc<'dictGetById'> =>
  async ({ dictId }, { caller }) => {
    const dict = await dicts.objects.get(caller.workspaceId, dictId);
    return DictGetOrCreateResponse.fromPartial({ dictId, metadata: stateMetadata(dict) });
  };

export const dictHeartbeat =
  ({ dicts }: Parts): UnaryRpc<'dictHeartbeat'> =>
  async ({ dictId }, { caller }) => {
    await dicts.objects.prolong(caller.workspaceId, dictId, Date.now() + EPHEMERAL_LIFE_MS);
    return {};
  };

export const dictList =
  ({ dicts, environments }: Parts): UnaryRpc<'dictList'> =>
  async ({ environmentName, pagination }, { caller }) => {
    const environment = await environments.resolve(caller, environmentName);
    const page = { workspaceId: caller.workspaceId, environment, ...listPage(pagination) };
    return DictListResponse.fromPartial({
      environmentName: environment,
      dicts: (await dicts.objects.list(page)).map((dict) => ({
        dictId: dict.objectId,
        name: dict.name ?? '',
        createdAt: dict.createdAt / 1000,
        metadata: stateMetadata(dict),
      })),
    });
  };

export const dictDelete =
  ({ dicts }: Parts): UnaryRpc<'dictDelete'> =>
  async ({ dictId }, { caller }) => {
    if (!(await dicts.objects.delete(caller.workspaceId, dictId, Date.now())))
      throw dicts.objects.notFound(dictId);
    return {};
  };
