import type { StreamingRpc, UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { checkEntries } from './dict.rpc.js';

type Parts = Pick<RpcParts, 'dicts'>;

export const dictGet =
  ({ dicts }: Parts): UnaryRpc<'dictGet'> =>
  async ({ dictId, key }, { caller }) => {
    const at = Date.now();
    await dicts.objects.get(caller.workspaceId, dictId);
    const value = await dicts.entries.get({ dictId, key, at });
    return value === undefined ? { found: false } : { found: true, value };
  };

export const dictContains =
  ({ dicts }: Parts): UnaryRpc<'dictContains'> =>
  async ({ dictId, key }, { caller }) => {
    const at = Date.now();
    await dicts.objects.get(caller.workspaceId, dictId);
    return { found: await dicts.entries.contains({ dictId, key, at }) };
  };

export const dictLen =
  ({ dicts }: Parts): UnaryRpc<'dictLen'> =>
  async ({ dictId }, { caller }) => {
    const at = Date.now();
    await dicts.objects.get(caller.workspaceId, dictId);
    return { len: await dicts.entries.count(dictId, at) };
  };

/** `created`: whether all entries were written, which they are unless only new keys may be and one is not. */
export const dictUpdate =
  ({ dicts }: Parts): UnaryRpc<'dictUpdate'> =>
  async ({ dictId, updates, ifNotExists }, call) => {
    const at = Date.now();
    checkEntries(updates);
    await dicts.objects.get(call.caller.workspaceId, dictId);
    const created = await dicts.entries.update({
      dictId,
      entries: updates,
      existing: ifNotExists ? 'keep' : 'replace',
      receiptId: call.newId('di'),
      at,
    });
    return { created };
  };

export const dictPop =
  ({ dicts }: Parts): UnaryRpc<'dictPop'> =>
  async ({ dictId, key }, call) => {
    const at = Date.now();
    await dicts.objects.get(call.caller.workspaceId, dictId);
    const value = await dicts.entries.pop({ dictId, key, at, receiptId: call.newId('di') });
    return value === undefined ? { found: false } : { found: true, value };
  };

export const dictClear =
  ({ dicts }: Parts): UnaryRpc<'dictClear'> =>
  async ({ dictId }, { caller }) => {
    await dicts.objects.get(caller.workspaceId, dictId);
    await dicts.entries.clear(dictId);
    return {};
  };

export const dictContents = ({ dicts }: Parts): StreamingRpc<'dictContents'> =>
  async function* ({ dictId, keys, values }, { caller }) {
    const at = Date.now();
    await dicts.objects.get(caller.workspaceId, dictId);
    for await (const { key, value } of dicts.contents({ dictId, keys, values, at }))
      yield { key: key ?? NOTHING, value: value ?? NOTHING };
  };

const NOTHING = Buffer.alloc(0);
