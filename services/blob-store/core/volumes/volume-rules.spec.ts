import {
  readVolumePath,
  trimZeros,
  VOLUME_BLOCK_BYTES,
  type VolumeEntry,
  type VolumeFile,
} from '@slipway/contracts';
import fc from 'fast-check';
import { blockSpans } from './block-spans.js';
import { checkChange, checkEntry } from './check-changes.js';
import { checkUploadTargets } from './check-upload-targets.js';
import { cutBlocks } from './cut-blocks.js';
import { planCopy, type CopyOrder } from './plan-copy.js';
import { planRemoval } from './plan-removal.js';
import { isBelow } from './volume-path.js';

const file = (path: string, sizeBytes = 1): VolumeFile => ({
  path,
  kind: 'file',
  mode: 0o644,
  mtimeMs: 1,
  sizeBytes,
  blocks: Array.from({ length: Math.ceil(sizeBytes / VOLUME_BLOCK_BYTES) }, () => 'a'.repeat(64)),
});
const folder = (path: string): VolumeEntry => ({ path, kind: 'directory', mode: 0o755, mtimeMs: 1 });

describe('paths', () => {
  test.each([
    ['/', ''],
    ['/a//b/', 'a/b'],
    ['./a/./b', 'a/b'],
    ['ä ö', 'ä ö'],
  ])('%j is %j', (text, path) => expect(readVolumePath(text)).toBe(path));
  test.each(['../a', 'a/../b', 'a\0b', `a/${'x'.repeat(256)}`, 'ä'.repeat(128), 'abc/'.repeat(1100)])(
    '%j is refused',
    (text) => expect(readVolumePath(text)).toMatchObject({ code: 'volume-path-invalid' }),
  );
});

describe('what may be an entry', () => {
  test('a file with a block for each 8 MiB', () => {
    expect(checkEntry(file('a', 2 * VOLUME_BLOCK_BYTES + 1))).toBeUndefined();
    expect(checkEntry({ ...file('a'), blocks: [] })).toMatchObject({ code: 'volume-entry-invalid' });
    expect(checkEntry({ ...file('a'), blocks: ['../../etc/passwd'] })).toMatchObject({ code: 'bad-digest' });
  });
  test.each([
    [{ mode: 0o10000 }],
    [{ mode: -1 }],
    [{ mtimeMs: Number.NaN }],
    [{ sizeBytes: 2 ** 40 }],
    [{ path: '' }],
    [{ path: '/a' }],
    [{ path: 'a/../b' }],
  ])('not with %j', (wrong) => expect(checkEntry({ ...file('a'), ...wrong } as VolumeFile)).toBeDefined());
  test('a change names entries, never the root', () => {
    expect(checkChange({ remove: '' })).toBeDefined();
    expect(checkChange({ rename: { from: 'a', to: '' } })).toBeDefined();
  });
});

describe('an upload', () => {
  const tree = new Map([file('there'), folder('folder')].map((entry) => [entry.path, entry]));
  const check = (overwrite: 'allow' | 'refuse', ...paths: string[]) =>
    checkUploadTargets(
      paths.map((path) => file(path)),
      overwrite,
      (path) => tree.get(path),
    );
  test('may put new files, into folders that are there or not', () => {
    expect(check('refuse', 'new', 'folder/new', 'a/b/c')).toBeUndefined();
  });
  test('replaces a file only where that is wanted, and a folder never', () => {
    expect(check('refuse', 'there')).toMatchObject({ refused: 'already-exists' });
    expect(check('allow', 'there')).toBeUndefined();
    expect(check('allow', 'folder')).toMatchObject({ refused: 'already-exists' });
  });
  test('puts nothing below a file, be it in the tree or in the upload', () => {
    expect(check('allow', 'there/below')).toMatchObject({ refused: 'already-exists' });
    expect(check('allow', 'x', 'x/y')).toMatchObject({ refused: 'already-exists' });
  });
  test('names each path once', () => {
    expect(check('allow', 'x', 'x')).toMatchObject({ code: 'volume-path-twice' });
  });
});

describe('a removal by a client', () => {
  test('of a folder wants to be recursive, and removes what is in it first', () => {
    expect(planRemoval('a', folder('a'), [], false)).toMatchObject({ code: 'volume-path-is-folder' });
    expect(planRemoval('a', folder('a'), [folder('a/b'), file('a/b/c')], true)).toEqual([
      { remove: 'a/b/c' },
      { remove: 'a/b' },
      { remove: 'a' },
    ]);
  });
  test('of the root leaves an empty volume', () => {
    expect(planRemoval('', undefined, [file('a')], true)).toEqual([{ remove: 'a' }]);
  });
  test('of nothing is refused', () => {
    expect(planRemoval('a', undefined, [], true)).toMatchObject({ refused: 'not-found' });
  });
});

describe('a copy', () => {
  const entries = [file('f'), file('g'), folder('d'), file('d/f'), folder('e'), folder('e/d'), folder('e/f')];
  const view = {
    find: (path: string) => entries.find((entry) => entry.path === path),
    below: (above: string) => entries.filter(({ path }) => isBelow(path, above)),
  };
  const copy = (order: Partial<CopyOrder>) =>
    planCopy({ from: ['f'], to: 'new', toFolder: false, recursive: false, ...order }, view, 7);
  const targets = (order: Partial<CopyOrder>) => {
    const planned = copy(order);
    if ('refused' in planned) return planned.message;
    return planned.map((change) => ('put' in change ? [change.put.path, change.put.mtimeMs] : change));
  };
  test('of a file goes to a new name, over a file, or into a folder', () => {
    expect(targets({})).toEqual([['new', 7]]);
    expect(targets({ to: 'g' })).toEqual([['g', 7]]);
    expect(targets({ to: 'd' })).toEqual([['d/f', 7]]);
    expect(targets({ from: ['f', 'g'], to: '', toFolder: true })).toContain('are the same');
  });
  test('of several goes into a folder', () => {
    expect(targets({ from: ['f', 'g'], to: 'd' })).toEqual([
      ['d/f', 7],
      ['d/g', 7],
    ]);
    expect(targets({ from: ['f', 'g'] })).toContain("no folder 'new'");
  });
  test('of a folder is recursive, under a new name or into a folder that is there', () => {
    expect(targets({ from: ['d'] })).toContain('--recursive');
    expect(targets({ from: ['d'], recursive: true })).toEqual([
      ['new', 7],
      ['new/f', 7],
    ]);
    expect(targets({ from: ['d'], to: 'e', recursive: true })).toEqual([['e/d/f', 7]]);
  });
  test.each([
    [{ from: ['none'] }, 'no'],
    [{ from: [] }, 'at least one'],
    [{ to: 'f' }, 'are the same'],
    [{ from: ['d'], to: 'd/x', recursive: true }, 'inside of itself'],
    [{ from: [''], to: 'd', recursive: true }, 'inside of itself'],
    [{ to: 'e' }, 'is a folder'],
    [{ from: ['d'], to: 'f', recursive: true }, 'is a file'],
    [{ to: 'g', toFolder: true }, 'no folder'],
    [{ to: 'none/x' }, "no folder 'none'"],
  ])('%j is refused', (order, message) => expect(targets(order as Partial<CopyOrder>)).toContain(message));
});

describe('blocks', () => {
  test('of any range of a file are those that it is made of', () => {
    const size = 3 * VOLUME_BLOCK_BYTES + 17;
    fc.assert(
      fc.property(fc.nat(size), fc.option(fc.nat(size), { nil: undefined }), (start, length) => {
        const range = blockSpans(file('a', size), start, length);
        if ('refused' in range) throw new Error(range.message);
        const end = Math.min(size, start + (length ?? size));
        expect(range.lengthBytes).toBe(end - start);
        expect(range.spans.reduce((sum, { first, end: last }) => sum + last - first, 0)).toBe(end - start);
        expect(range.spans.slice(1).every(({ first }) => first === 0)).toBe(true);
      }),
    );
    expect(blockSpans(file('a', 5), 6, undefined)).toMatchObject({ code: 'volume-range-invalid' });
  });
  test('are cut out of bytes however these come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 })), async (pieces) => {
        const cut: number[][] = [];
        const coming = (async function* () {
          yield* pieces;
        })();
        for await (const block of cutBlocks(coming, 8)) cut.push([...block]);
        expect(cut.flat()).toEqual(pieces.flatMap((piece) => [...piece]));
        expect(cut.slice(0, -1).every((block) => block.length === 8)).toBe(true);
      }),
    );
  });
  test('are kept without the zeros at their end', () => {
    expect([...trimZeros(new Uint8Array([0, 1, 0, 0]))]).toEqual([0, 1]);
    expect(trimZeros(new Uint8Array(9)).length).toBe(0);
  });
});
