import { Images, type ImageCommand, type KnownImage } from '@slipway/image-builder-core';
import { refuse, RefusedError } from '@slipway/kernel';
import { BuildImages } from './build-images.js';

type Step = () => Promise<void>;

/** A builder whose images are `FROM scratch` with steps that the test ends, over a ledger in memory. */
const builder = (parallel: number) => {
  const images = new Images();
  const said = new Map<string, string>();
  const started: string[] = [];
  const steps = new Map<string, Step>();
  let ends = Promise.resolve();
  let wakeAll: () => void = () => undefined;
  let changed = Promise.resolve();
  const change = (): void => {
    wakeAll();
    changed = new Promise((resolve) => (wakeAll = resolve));
  };
  change();
  const ledger = {
    images,
    execute: async (command: ImageCommand) => {
      images.decide(command, 0).forEach((event) => images.apply(event));
      change();
    },
  };
  const log = {
    open: async () => undefined,
    close: async () => {
      await ends;
      change();
    },
    changed: () => changed,
    add: (imageId: string, _attempt: number, text: string) => {
      said.set(imageId, `${said.get(imageId) ?? ''}${text}`);
      change();
    },
  };
  const ports = {
    sha256Hex: (text: string) => text,
    site: { env: {} },
    steps: {
      run: async ({ action }: { action: { argv: string[] } }) => {
        const name = action.argv.at(-1) ?? '';
        started.push(name);
        change();
        await steps.get(name)?.();
        return { ok: true, layer: { digest: name, sizeBytes: 1 }, output: 'slipway-libc gnu' };
      },
      runFunction: async ({ defined: { imageId } }: KnownImage, others: () => readonly string[]) => {
        started.push(imageId);
        change();
        await steps.get(imageId)?.();
        started.push(...others());
        return { ok: true, layer: { digest: imageId, sizeBytes: 1 }, output: '' };
      },
    },
  };
  const logger = { info: () => undefined, error: () => undefined, warn: () => undefined };
  const builds = new BuildImages({
    ledger,
    log,
    logger,
    ports,
    options: { suites: [], ociLayouts: [], stepTimeoutMs: 1 },
    parallel,
  } as never);
  const define = async (
    imageId: string,
    {
      over,
      functionId,
      cache = 'use' as const,
    }: Readonly<{ over?: string; functionId?: string; cache?: 'use' | 'rebuild' }> = {},
  ) => {
    await ledger.execute({
      type: 'define-image',
      data: {
        imageId,
        workspaceId: imageId.charAt(0),
        environment: 'main',
        builderVersion: '2025.06',
        definition: {
          dockerfileCommands: [over === undefined ? 'FROM scratch' : 'FROM below', `RUN ${imageId}`],
          contextFiles: [],
          baseImages: over === undefined ? [] : [{ name: 'below', imageId: over }],
          secretIds: [],
          buildArgs: {},
          ...(functionId !== undefined && {
            buildFunction: { functionId, definitionHash: '', inputFormat: 'pickle' as const },
          }),
        },
        cache,
      },
    });
    builds.build(imageId, functionId);
  };
  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue()) await changed;
  };
  /** Lets steps of an image wait until they are let go. */
  const hold = (imageId: string, end: () => void = () => undefined): (() => void) => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    steps.set(imageId, async () => {
      await held;
      end();
    });
    return letGo;
  };
  /** Lets what ended wait before it is let go of. */
  const holdEnds = (): (() => void) => {
    let letEnd: () => void = () => undefined;
    ends = new Promise((resolve) => (letEnd = resolve));
    return letEnd;
  };
  const status = (imageId: string) => images.find(imageId).status;
  return { define, until, hold, holdEnds, status, started, said };
};

describe('builds', () => {
  test('of another workspace do not wait for those of one that asked for many', async () => {
    const { define, until, hold, status, started, said } = builder(2);
    const letGo = hold('a1');
    for (const imageId of ['a1', 'a2', 'a3']) await define(imageId);
    await until(() => started.includes('a1') && said.has('a2') && said.has('a3'));
    await define('b1');
    await until(() => status('b1') === 'built');
    expect([started.includes('a2'), status('a1')]).toEqual([false, 'building']);
    expect(said.get('a3')).toBe(
      'waiting in the queue: 1 run (1 of this workspace), 1 of this workspace wait before it\n',
    );
    letGo();
    await until(() => ['a1', 'a2', 'a3'].every((imageId) => status(imageId) === 'built'));
  });

  test('leave their place while they wait for the image below', async () => {
    const { define, until, hold, status, said } = builder(1);
    await define('a-below');
    await until(() => status('a-below') === 'built');
    const letGo = hold('a-first');
    await define('a-first');
    await define('a-above', { over: 'a-below' });
    await until(() => said.has('a-above'));
    await define('a-below', { cache: 'rebuild' });
    letGo();
    await until(() => status('a-above') === 'built');
    expect(status('a-below')).toBe('built');
    expect(said.get('a-above')).toContain('waiting for the image below, a-below, which is being built');
  });

  test('that are asked for again while their failed attempt comes to its end are carried out', async () => {
    const { define, until, hold, status, holdEnds } = builder(1);
    hold('a', () => {
      throw new RefusedError(refuse('invalid', 'step-failed', 'no'));
    })();
    const letEnd = holdEnds();
    await define('a');
    await until(() => status('a') === 'failed');
    hold('a')();
    await define('a');
    letEnd();
    await until(() => status('a') === 'built');
  });

  test('by a function know those of further apps that ask for the image meanwhile', async () => {
    const { define, until, hold, status, started } = builder(1);
    await define('a-below');
    await until(() => status('a-below') === 'built');
    const letGo = hold('a');
    await define('a', { over: 'a-below', functionId: 'fu-1' });
    await until(() => started.includes('a'));
    await define('a', { over: 'a-below', functionId: 'fu-2' });
    letGo();
    await until(() => status('a') === 'built');
    expect(started).toContain('fu-2');
  });

  test('stand on the last good build of an image whose rebuild fails', async () => {
    const { define, until, hold, status } = builder(4);
    await define('a-below');
    await until(() => status('a-below') === 'built');
    const letGo = hold('a-below', () => {
      throw new RefusedError(refuse('invalid', 'step-failed', 'no'));
    });
    await define('a-below', { cache: 'rebuild' });
    await define('a-above', { over: 'a-below' });
    letGo();
    await until(() => status('a-above') === 'built');
    expect(status('a-below')).toBe('failed');
  });
});
