import type { BlobId, Digest, WorkspaceId } from '@slipway/contracts';
import { mayReadBlob } from './blobs/may-read-blob.js';
import { readableBlob } from './blobs/readable-blob.js';
import { GRACE_MS, isGarbage, MOUNT_GRACE_MS } from './garbage/is-garbage.js';
import { checkMountFiles, mountListing } from './mounts/mount-identity.js';
import { objectId } from './object-id.js';
import { checkSignature, signPath } from './signing/signed-path.js';

const [ours, theirs] = ['ours', 'theirs'] as [WorkspaceId, WorkspaceId];

describe('who may read a blob', () => {
  test('its own workspace and nobody else', () => {
    expect(mayReadBlob(ours, { workspaceId: ours })).toBe(true);
    expect(mayReadBlob(theirs, { workspaceId: ours })).toBe(false);
  });
  test('for others it does not exist, and one that was not sent yet cannot be read', () => {
    const id = 'bl-1' as BlobId;
    const waiting = {
      blobId: id,
      workspaceId: ours,
      expiresAt: 1,
      status: 'uploading',
      contentLengthBytes: 1,
    } as const;
    expect(readableBlob(id, waiting, theirs)).toMatchObject({ code: 'blob-not-found' });
    expect(readableBlob(id, undefined, ours)).toMatchObject({ code: 'blob-not-found' });
    expect(readableBlob(id, waiting, ours)).toMatchObject({ code: 'blob-not-uploaded' });
  });
});

describe('what is garbage', () => {
  const at = 10 * GRACE_MS;
  const unused = { kept: false, references: 0, touchedAt: 0 };
  test('what nothing refers to and nobody stored or wanted lately', () => {
    expect(isGarbage(unused, at)).toBe(true);
  });
  test.each([{ kept: true }, { references: 1 }, { touchedAt: at - GRACE_MS }])('not with %o', (use) => {
    expect(isGarbage({ ...unused, ...use }, at)).toBe(false);
  });
  test('a mount by the same rule, with the time in which a program that runs may use it again', () => {
    const unusedSince = (ms: number) => isGarbage({ ...unused, touchedAt: at }, at + ms, MOUNT_GRACE_MS);
    expect([unusedSince(MOUNT_GRACE_MS), unusedSince(MOUNT_GRACE_MS + 1)]).toEqual([false, true]);
  });
});

describe('signed paths', () => {
  const hmac = (text: string): string => `<${text}>`;
  const [path, query] = signPath('PUT', '/blobs/b/content', 1000, hmac).split('?') as [string, string];
  const given = Object.fromEntries(new URLSearchParams(query)) as { expires: string; signature: string };
  test('let in whoever holds one, until it expires', () => {
    expect(checkSignature({ method: 'PUT', path, ...given }, 1000, hmac)).toBeUndefined();
    expect(checkSignature({ method: 'PUT', path, ...given }, 1001, hmac)).toMatchObject({
      code: 'signature-expired',
    });
  });
  test.each([
    [{ method: 'GET' }, 'signature-wrong'],
    [{ path: '/blobs/c/content' }, 'signature-wrong'],
    [{ expires: '2000' }, 'signature-wrong'],
    [{ signature: '' }, 'signature-missing'],
  ])('not with %o', (change, code) => {
    expect(checkSignature({ method: 'PUT', path, ...given, ...change }, 1, hmac)).toMatchObject({ code });
  });
});

describe('mounts', () => {
  const file = (filename: string, digest: string) => ({ filename, digest: digest as Digest, sizeBytes: 1 });
  test('with the same files are the same, in whatever order they are named', () => {
    const [a, b] = [file('/a', '1'), file('/b', '2')];
    expect(mountListing([a, b])).toBe(mountListing([b, a]));
    expect(mountListing([a])).not.toBe(mountListing([{ ...a, mode: 0o755 }]));
  });
  test('keep their files inside of them', () => {
    expect(checkMountFiles([file('/a', '1'), file('/b', '2')])).toBeUndefined();
    expect(checkMountFiles([file('/a/../../b', '1')])).toMatchObject({ code: 'bad-filename' });
    expect(checkMountFiles([file('a', '1')])).toMatchObject({ code: 'bad-filename' });
    expect(checkMountFiles([file('/a', '1'), file('/a', '2')])).toMatchObject({ code: 'duplicate-filename' });
  });
});

test('ids are 26 digits of Crockford base 32', () => {
  expect(objectId('mo', new Uint8Array(17))).toBe(`mo-${'0'.repeat(26)}`);
  expect(objectId('mo', new Uint8Array(17).fill(255))).toBe(`mo-${'Z'.repeat(26)}`);
});
