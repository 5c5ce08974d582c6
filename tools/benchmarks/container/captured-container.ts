import { globSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContainerArguments } from '@slipway/protocol';
import type { Home } from '../../platform/home.ts';

type Mount = Readonly<{ destination: string; type: string; source: string; options?: readonly string[] }>;

/** The part of an OCI configuration that we change. */
export type OciConfig = Readonly<{
  root: Readonly<{ path: string; readonly: boolean }>;
  process: Readonly<{ args: readonly string[]; env: readonly string[] }> & Readonly<Record<string, unknown>>;
  mounts: readonly Mount[];
  linux: Readonly<{ namespaces: readonly Readonly<{ type: string; path?: string }>[] }> &
    Readonly<Record<string, unknown>>;
}> &
  Readonly<Record<string, unknown>>;

/** What a worker made a container of: enough to start the same container without any platform. */
export type CapturedContainer = Readonly<{
  taskId: string;
  config: OciConfig;
  /** Folders under the container's own, the topmost first. */
  lowerFolders: readonly string[];
  containerArguments: Buffer;
  controlSocket: string;
}>;

const waitMs = 90_000;
const pollMs = 100;

/** The containers of a function that run now, as soon as there are `count` of them. */
export const captureContainers = async (
  home: Home,
  functionId: string,
  count: number,
): Promise<readonly CapturedContainer[]> => {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const found = readContainers(home).filter(
      ({ containerArguments }) => ContainerArguments.decode(containerArguments).functionId === functionId,
    );
    if (found.length >= count) return found.slice(0, count);
    if (Date.now() > deadline)
      throw new Error(`${found.length} of ${count} containers ran ${waitMs / 1000} s after their deployment`);
    await sleep(pollMs);
  }
};

const readContainers = (home: Home): CapturedContainer[] =>
  globSync(join(home.data, 'worker-*/containers/*/config.json')).flatMap((file) => {
    const folder = join(file, '..');
    const taskId = basename(folder);
    const [control] = globSync(`/run/slipway/worker-*-${home.instance}/${taskId}`);
    if (control === undefined) return [];
    try {
      return [
        {
          taskId,
          config: JSON.parse(readFileSync(file, 'utf8')) as OciConfig,
          lowerFolders: lowerFolders(join(folder, 'l')),
          containerArguments: readFileSync(join(control, 'container-arguments')),
          controlSocket: join(control, 'control.sock'),
        },
      ];
    } catch {
      // It is being made or taken away just now.
      return [];
    }
  });

const lowerFolders = (names: string): string[] =>
  globSync('*', { cwd: names })
    .map(Number)
    .toSorted((a, b) => b - a)
    .map((place) => readlinkSync(join(names, String(place))));

/** The program of a bare start: the captured interpreter imports the client's runtime, prints a line and does what follows. */
export const importOnly = ({ config }: CapturedContainer, afterwards = ''): readonly string[] => [
  config.process.args[0]!,
  '-c',
  `import time, modal._container_entrypoint; print(1, flush=True); ${afterwards}`,
];
