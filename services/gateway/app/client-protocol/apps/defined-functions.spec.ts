import { refuse, RefusedError } from '@slipway/kernel';
import { FunctionDefinition } from '@slipway/protocol';
import { definedFunctions } from './defined-functions.js';

const kept = Buffer.from(
  FunctionDefinition.encode(FunctionDefinition.fromPartial({ functionName: 'f' })).finish(),
);

/** An app of two functions, one of whose definitions is no longer there. */
const named = async (mayBeGone: boolean): Promise<readonly string[]> => {
  const functions = [
    { functionId: 'fu-1', definitionDigest: 'kept' },
    { functionId: 'fu-2', definitionDigest: 'gone' },
  ];
  const parts = {
    bus: { request: async () => ({ functions }) },
    objects: {
      getBytes: async (digest: string) => {
        if (digest === 'kept') return kept;
        throw new RefusedError(refuse('not-found', 'blob-store-404', 'GET /objects/gone'));
      },
    },
  };
  const found = await definedFunctions(parts as never, { workspaceId: 'ac-1', appId: 'ap-1' }, { mayBeGone });
  return found.map(({ definition }) => definition.functionName);
};

test('of an app that has stopped the functions are told whose definitions are still there', async () => {
  expect(await named(true)).toEqual(['f']);
});

test('of one that runs none may be missing', async () => {
  await expect(named(false)).rejects.toThrow('The definition of function fu-2 is gone');
});
