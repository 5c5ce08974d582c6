import type { Digest, LayerRef, SecretId, WorkspaceId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { KnownImage } from '../image/image.state.js';
import type { StoredDefinition } from '../image/stored-definition.js';
import { DEBIAN_SUITES } from '../base/debian-rule.js';
import type { BaseImage, BuildPorts } from '../ports.js';
import { buildImage } from './build-image.js';

const layer = (digest: string): LayerRef => ({ digest: digest as Digest, sizeBytes: 1 });

/** Builds these lines over registries that have every name, with workers that do every step. */
const build = async (
  lines: readonly string[],
  given: Partial<StoredDefinition> = {},
  isInside: (name: string) => boolean = () => false,
) => {
  const logins: Record<string, SecretId | undefined> = {};
  const ran: string[] = [];
  const envs: object[] = [];
  const ports = {
    arch: 'x86_64',
    sha256Hex: (text: string) => text,
    site: { env: {} },
    runtimeMounts: { get: async (name: string) => ({ mountId: name, checksum: '' }) },
    parentManifest: async (): Promise<BaseImage> => ({ layers: [layer('parent')], config: { env: {} } }),
    bases: {
      pull: async (name: string, auth?: { secretId: SecretId }): Promise<BaseImage> => {
        logins[name] = auth?.secretId;
        if (isInside(name)) throw new RefusedError(refuse('invalid', 'registry-inside', 'it is inside'));
        return { layers: [layer(name)], config: { env: {} }, pythonVersion: '3.10.1', libc: 'gnu' };
      },
      fromDebian: async () => ({
        layers: [layer('debian')],
        config: { env: {} },
        pythonVersion: '3.11.2',
        libc: 'gnu',
      }),
    },
    contents: { createMount: async () => 'mo-1' },
    steps: {
      run: async ({ env, action }: { env: object; action: { kind: string; argv?: string[] } }) => {
        ran.push(action.argv?.at(-1) ?? action.kind);
        envs.push(env);
        return { ok: true, layer: layer(`step-${ran.length}`), output: 'slipway-python 3.12.4\n' };
      },
    },
  } as unknown as BuildPorts;
  const definition = {
    dockerfileCommands: lines,
    contextFiles: [],
    baseImages: [],
    secretIds: [],
    buildArgs: {},
    ...given,
  };
  const built = await buildImage(
    {
      image: {
        workspaceId: 'ws-1' as WorkspaceId,
        defined: { definition, builderVersion: '2025.06' },
      } as unknown as KnownImage,
      log: () => undefined,
      otherFunctions: () => [],
      findStep: () => undefined,
      stepFinished: async () => undefined,
    },
    ports,
    { suites: DEBIAN_SUITES, ociLayouts: [], stepTimeoutMs: 1 },
  );
  return { built, logins, ran, envs };
};

describe("an image's login", () => {
  const registryAuth = { type: 'STATIC_CREDS', secretId: 'st-1' as SecretId };

  test('is for the registry of its first FROM, and told to no other one', async () => {
    const { logins } = await build(
      [
        'FROM registry.corp/x',
        'COPY --from=ghcr.io/astral-sh/uv:0.8 /uv /bin/',
        'COPY --from=registry.corp/tools /t /bin/',
      ],
      { registryAuth },
    );
    expect(logins).toEqual({
      'registry.corp/x': 'st-1',
      'ghcr.io/astral-sh/uv:0.8': undefined,
      'registry.corp/tools': 'st-1',
    });
  });

  test('is for none where its first FROM is an image of this site', async () => {
    const baseImages = [{ name: 'base', imageId: 'im-1' as never }];
    const { logins } = await build(['FROM base', 'COPY --from=python:3.11 /x /y'], {
      registryAuth,
      baseImages,
    });
    expect(logins).toEqual({ 'python:3.11': undefined });
  });
});

describe('a registry whose name leads into the site', () => {
  const ofOne = (line: string) => build([line], {}, () => true);

  test('is no way to an image that can be made without it, which is made', async () => {
    expect((await ofOne('FROM python:3.11-slim-bookworm')).built.layers).toEqual([layer('debian')]);
  });

  test('is refused where the image comes from there alone', async () => {
    await expect(ofOne('FROM registry.corp/x')).rejects.toThrow('it is inside');
  });
});

describe('a Dockerfile of several stages', () => {
  test('is built without those that its last one does not reach', async () => {
    const { logins, ran } = await build([
      'FROM a AS base',
      'RUN low',
      'FROM --platform=linux/arm64 other AS test',
      'RUN false',
      'FROM base',
      'RUN high',
    ]);
    expect(Object.keys(logins)).toEqual(['a']);
    expect(ran).toEqual(expect.arrayContaining(['low', 'high']));
    expect(ran).not.toContain('false');
  });

  test('is refused where one that is built is for another platform', async () => {
    const lines = ['FROM --platform=linux/arm64 other AS tool', 'FROM a', 'COPY --from=tool /x /x'];
    await expect(build(lines)).rejects.toThrow('--platform=linux/arm64 is not supported');
  });
});

test('a step knows the platform where an ARG names it', async () => {
  const { envs } = await build(['FROM a', 'RUN before', 'ARG TARGETARCH', 'RUN after']);
  expect(envs[0]).not.toHaveProperty('TARGETARCH');
  expect(envs[1]).toHaveProperty('TARGETARCH', 'amd64');
});

describe('the Python of a built image', () => {
  const copied = { contextFiles: [{ filename: '/python/bin/python3', digest: 'd' as Digest, sizeBytes: 1 }] };

  test('is that which a step put over its base, and packages for it are mounted', async () => {
    const { built } = await build(['FROM a', 'COPY /python/. /usr/local'], copied);
    expect(built).toMatchObject({
      pythonVersion: '3.12.4',
      dependencyMountId: '2025.06-cp312-manylinux_2_17-x86_64',
    });
  });

  test('is that of a stage below', async () => {
    const { built } = await build(['FROM a AS low', 'COPY /python/. /usr/local', 'FROM low'], copied);
    expect(built.pythonVersion).toBe('3.12.4');
  });

  test('is that of a base made here where no step could put another one first, and nothing more is run', async () => {
    const lines = ['FROM python:3.11-slim-bookworm', 'COPY /python /app', 'ENV A=1'];
    const { built, ran } = await build(lines, copied, () => true);
    expect(built.pythonVersion).toBe('3.11.2');
    expect(ran).toEqual(['copy']);
  });

  test('is what runs in it where a registry has its base, whatever the names of its files say', async () => {
    expect((await build(['FROM a'])).built.pythonVersion).toBe('3.12.4');
  });
});
