import { planLowerFolders } from './plan-lower-folders.js';

describe('the folders under a container', () => {
  test('mounts lie above the image, compiled files above their mount', () => {
    expect(
      planLowerFolders(['base', 'pip'], [{ checksum: 'client', bytecodeFor: '3.11' }, { checksum: 'user' }]),
    ).toEqual([
      { kind: 'layer', digest: 'base' },
      { kind: 'layer', digest: 'pip' },
      { kind: 'mount', checksum: 'client' },
      { kind: 'bytecode', checksum: 'client', pythonVersion: '3.11' },
      { kind: 'mount', checksum: 'user' },
    ]);
  });

  test('a mount that is named twice is laid once, at its last place', () => {
    expect(planLowerFolders([], [{ checksum: 'a' }, { checksum: 'b' }, { checksum: 'a' }])).toEqual([
      { kind: 'mount', checksum: 'b' },
      { kind: 'mount', checksum: 'a' },
    ]);
  });
});
