import {
  refuseBuilderVersion,
  refuseDeletion,
  refuseRename,
  refuseWebSuffix,
} from './environment-settings.js';

test.each(['', 'a', 'my-suffix', 'x1'])("'%s' may be a web suffix", (suffix) => {
  expect(refuseWebSuffix(suffix)).toBeUndefined();
});

test.each(['A', '-a', 'a-', 'a.b', 'a_b', 'x'.repeat(33)])("'%s' may not", (suffix) => {
  expect(refuseWebSuffix(suffix)).toMatchObject({ code: 'web-suffix-invalid' });
});

test('a builder version must be known', () => {
  expect(refuseBuilderVersion('2025.06')).toBeUndefined();
  expect(refuseBuilderVersion('2025.07')?.message).toContain('2025.06');
});

test('the default environment stays', () => {
  expect(refuseDeletion('main', 'main')).toMatchObject({ refused: 'conflict' });
  expect(refuseDeletion('dev', 'main')).toBeUndefined();
});

test('an environment with apps or volumes keeps its name', () => {
  const empty = { apps: 0, volumes: 0, heldUsd: '0.000000' };
  expect(refuseRename('dev', empty)).toBeUndefined();
  expect(refuseRename('dev', { ...empty, apps: 1 })).toMatchObject({ refused: 'conflict' });
  expect(refuseRename('dev', { ...empty, volumes: 2 })).toMatchObject({ refused: 'conflict' });
});

test('and one whose budget is held for what is not booked yet', () => {
  const held = { apps: 0, volumes: 0, heldUsd: '0.012000' };
  expect(refuseRename('dev', held)).toMatchObject({
    refused: 'conflict',
    message: expect.stringContaining('0.012000 USD of its budget is held'),
  });
});
