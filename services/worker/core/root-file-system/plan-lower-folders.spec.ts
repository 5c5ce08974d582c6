import { planLowerFolders } from './plan-lower-folders.js';

describe('the folders under a container', () => {
  test('mounts lie above the image, compiled files above their mount', () => {
    expect(
      planLowerFolders(
        ['base', 'pip'],
        [
          { checksum: 'client', isCompiled: true },
          { checksum: 'user', isCompiled: false },
        ],
      ),
    ).toEqual([
      { kind: 'layer', digest: 'base' },
      { kind: 'layer', digest: 'pip' },
      { kind: 'mount', checksum: 'client' },
      { kind: 'bytecode', checksum: 'client' },
      { kind: 'mount', checksum: 'user' },
    ]);
  });

  test('a mount that is named twice is laid once, at its last place', () => {
    const trees = ['a', 'b', 'a'].map((checksum) => ({ checksum, isCompiled: false }));
    expect(planLowerFolders([], trees)).toEqual([
      { kind: 'mount', checksum: 'b' },
      { kind: 'mount', checksum: 'a' },
    ]);
  });
});
