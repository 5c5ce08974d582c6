import { createHash } from 'node:crypto';
import type { RpcParts } from '../rpc-parts.js';
import { requireParts } from '../functions/require-parts.js';
import { mountPutFile } from './mount-files.rpc.js';

const caller = { workspaceId: 'ac-1' };

test('a file that comes with the message is stored as long as something refers to it, not for good', async () => {
  const stored: string[] = [];
  const asked: string[] = [];
  const parts = {
    objects: { putFile: async (content: Buffer) => void stored.push(content.toString()) },
    bus: { request: async (name: string) => void asked.push(name) },
  } as unknown as Pick<RpcParts, 'bus' | 'objects'>;
  const value = Buffer.from('code\0\0');
  const sha256Hex = createHash('sha256').update(value).digest('hex');
  const request = { sha256Hex, dataOneof: { $case: 'data', value } } as never;
  expect(await mountPutFile(parts)(request, { caller } as never)).toMatchObject({ exists: true });
  expect([stored, asked]).toEqual([['code\0\0'], ['blob-store.own-files']]);
});

test.each([['ap-1'], ['fc-1'], [undefined]])('mounts are said to be used by %s', async (usedBy) => {
  const asked: unknown[] = [];
  const parts = {
    bus: { request: async (_: string, ask: unknown) => void asked.push(ask) },
    secrets: { noteUse: async () => undefined },
  } as unknown as Pick<RpcParts, 'bus' | 'secrets'>;
  await requireParts(parts, caller as never, { mountIds: ['mo-1'], usedBy });
  expect(asked).toEqual([{ workspaceId: 'ac-1', mountIds: ['mo-1'], ...(usedBy && { usedBy }) }]);
});
