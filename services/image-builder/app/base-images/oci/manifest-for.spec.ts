import { expectPlatform, manifestFor } from './manifest-for.js';

const manifest = { config: { digest: 'sha256:c' }, layers: [] };
const entry = (digest: string, os?: string, architecture = '') => ({
  digest,
  ...(os === undefined ? {} : { platform: { os, architecture } }),
});

/** What a repository answers, by tag and digest. */
const choose = (documents: Readonly<Record<string, unknown>>) =>
  manifestFor(
    {
      name: 'registry/x',
      manifest: async (reference) => documents[reference] as never,
      blob: async () => ({}) as never,
    },
    'tag',
    'amd64',
  );

describe('the manifest of an image', () => {
  test.each([
    ['is what stands there', { tag: manifest }],
    [
      'is that of its index for this processor',
      {
        tag: {
          manifests: [
            entry('arm', 'linux', 'arm64'),
            entry('amd', 'linux', 'amd64'),
            entry('x', 'unknown', 'unknown'),
          ],
        },
        amd: manifest,
      },
    ],
    [
      'is the one that its index has where that says nothing',
      { tag: { manifests: [entry('inner')] }, inner: { manifests: [entry('one')] }, one: manifest },
    ],
  ])('%s', async (_rule, documents) => {
    expect(await choose(documents)).toBe(manifest);
  });

  test.each([
    [[entry('arm', 'linux', 'arm64')], 'is for linux/arm64; this site builds for linux/amd64'],
    [[entry('arm', 'linux', 'arm64'), entry('x', 'unknown', 'unknown')], 'is for linux/arm64; this'],
    [[entry('win', 'windows', 'amd64')], 'is for windows/amd64; this'],
    [[], 'is for no platform'],
  ])('is refused where its index is for others: %j', async (manifests, said) => {
    await expect(choose({ tag: { manifests }, arm: manifest, win: manifest })).rejects.toMatchObject({
      refusal: { code: 'wrong-architecture', message: expect.stringContaining(said) },
    });
  });

  test.each([
    null,
    'text',
    {},
    { schemaVersion: 1, fsLayers: [] },
    { layers: [] },
    { manifests: [entry('tag')] },
  ])('is none where there is %j', async (tag) => {
    await expect(choose({ tag })).rejects.toMatchObject({ refusal: { code: 'not-an-image' } });
  });
});

test('a configuration says what processor it is for, or nothing', () => {
  for (const config of [{}, { os: '', architecture: '' }, { os: 'linux', architecture: 'amd64' }])
    expectPlatform('registry/x', config, 'amd64');
  expect(() => expectPlatform('registry/x', { os: 'linux', architecture: 'arm64' }, 'amd64')).toThrow(
    "image 'registry/x' is for linux/arm64; this site builds for linux/amd64",
  );
});
