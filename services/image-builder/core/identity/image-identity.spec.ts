import type { Digest, ImageId, WorkspaceId } from '@slipway/contracts';
import fc from 'fast-check';
import { imageIdentity, type Identified } from './image-identity.js';

const image: Identified = {
  workspaceId: 'ws' as WorkspaceId,
  builderVersion: '2025.06',
  definition: {
    dockerfileCommands: ['FROM base', 'RUN x'],
    contextFiles: [
      { filename: '/a', digest: '1' as Digest, sizeBytes: 1 },
      { filename: '/b', digest: '2' as Digest, sizeBytes: 1 },
    ],
    baseImages: [{ name: 'base', imageId: 'im-0' as ImageId }],
    secretIds: [],
    buildArgs: { A: '1', B: '2' },
  },
};
const withDefinition = (change: Partial<Identified['definition']>): string =>
  imageIdentity({ ...image, definition: { ...image.definition, ...change } });

describe('what makes two images the same', () => {
  test('the order of files and build arguments does not matter', () => {
    expect(
      withDefinition({
        contextFiles: image.definition.contextFiles.toReversed(),
        buildArgs: { B: '2', A: '1' },
      }),
    ).toBe(imageIdentity(image));
  });
  test('commands, files, parents and the builder version do', () => {
    const different = [
      imageIdentity({ ...image, builderVersion: '2026.10' }),
      imageIdentity({ ...image, workspaceId: 'other' as WorkspaceId }),
      withDefinition({ dockerfileCommands: ['FROM base', 'RUN y'] }),
      withDefinition({ contextFiles: [] }),
      withDefinition({ baseImages: [{ name: 'base', imageId: 'im-9' as ImageId }] }),
      withDefinition({ buildArgs: {} }),
      imageIdentity(image),
    ];
    expect(new Set(different).size).toBe(different.length);
  });
  test('secrets without a name are the same by what they hold, named ones by which they are', () => {
    const secret = (id: string, fingerprint?: string): string =>
      withDefinition({
        secretIds: [id],
        ...(fingerprint === undefined ? {} : { secretFingerprints: { [id]: fingerprint } }),
      });
    expect(secret('st-1', 'f')).toBe(secret('st-2', 'f'));
    expect(secret('st-1', 'f')).not.toBe(secret('st-1', 'g'));
    expect(secret('st-1')).not.toBe(secret('st-2'));
  });
  test('a registry login without a name is the same by what it holds', () => {
    const login = (secretId: string): string =>
      withDefinition({
        registryAuth: { type: 'STATIC_CREDS', secretId },
        secretFingerprints: { [secretId]: 'f' },
      });
    expect(login('st-1')).toBe(login('st-2'));
  });
  test('commands cannot be split in two ways', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        const same = withDefinition({ dockerfileCommands: a }) === withDefinition({ dockerfileCommands: b });
        return same === (JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
