import { FunctionDefinition } from '@slipway/protocol';
import { definitionForContainer } from './definition-for-container.js';

const defined = FunctionDefinition.fromPartial({
  moduleName: 'shop',
  timeoutSecs: 9,
  batchMaxSize: 4,
  batchLingerMs: 1_000,
  volumeMounts: [{ volumeId: 'vo-1', mountPath: '/data', allowBackgroundCommits: true }],
});
const one = { maxConcurrentInputs: 1, targetConcurrentInputs: 1 };
const read = (task: Parameters<typeof definitionForContainer>[1], definition = defined) =>
  FunctionDefinition.decode(definitionForContainer(FunctionDefinition.encode(definition).finish(), task));

test("a variant's container has the slots of the variant", () => {
  expect(read({ maxConcurrentInputs: 8, targetConcurrentInputs: 6 })).toEqual({
    ...defined,
    maxConcurrentInputs: 8,
    targetConcurrentInputs: 6,
  });
  const concurrent = { ...defined, maxConcurrentInputs: 50, targetConcurrentInputs: 40 };
  expect(read(one, concurrent)).toMatchObject(one);
});

test("a variant's container has the batches of the variant, those that do not linger too", () => {
  expect(read({ ...one, batch: { maxSize: 2, lingerMs: 0 } })).toMatchObject({
    batchMaxSize: 2,
    batchLingerMs: 0,
  });
});

test("a variant's container commits the variant's volumes, not its function's", () => {
  const volumes = [
    { volumeId: 'vo-2', mountPath: '/models', access: 'read', commits: 'explicit', subPath: 'a/b' },
  ] as const;
  expect(read({ ...one, volumes }).volumeMounts).toEqual([
    { volumeId: 'vo-2', mountPath: '/models', readOnly: true, allowBackgroundCommits: false, subPath: 'a/b' },
  ]);
  expect(read({ ...one, volumes: [] }).volumeMounts).toEqual([]);
  expect(read(one).volumeMounts).toEqual(defined.volumeMounts);
});
