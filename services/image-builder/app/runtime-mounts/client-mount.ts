import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MountFile } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';
import { refuse, RefusedError } from '@slipway/kernel';
import { CommandFailedError } from '../site/command.js';
import type { Pip } from './pip.js';
import { storeFolder } from './store-folder.js';
import { unpackWheel } from './unpack-wheel.js';

const PACKAGES = ['modal', 'modal_proto', 'modal_version'];

export type MountTools = Readonly<{
  bus: Bus;
  objects: ObjectClient;
  pip: Pip;
  python: string;
  folder: string;
}>;

/** The client's package of one version, and the synchronicity that it wants, as they lie under /pkg. */
export const makeClientMount = async (version: string, tools: MountTools): Promise<readonly MountFile[]> => {
  const client = await unpackWheel(`modal==${version}`, tools).catch((error: unknown) => {
    if (error instanceof CommandFailedError)
      throw new RefusedError(
        refuse(
          'not-found',
          'client-version-unknown',
          `the package index has no client ${version}: ${lastLine(error.output)}`,
        ),
      );
    throw error;
  });
  const info = `modal-${version}.dist-info`;
  const metadata = await readFile(join(client, info, 'METADATA'), 'utf8');
  const wanted = /^Requires-Dist:\s*(synchronicity\S*)/m.exec(metadata)?.[1] ?? 'synchronicity';
  const synchronicity = await unpackWheel(wanted, tools);
  const licences = (await readdir(join(client, info), { recursive: true })).filter((name) =>
    /LICENSE$/.test(name),
  );
  for (const name of licences) await cp(join(client, info, name), join(client, 'modal', 'LICENSE'));
  const folders = [
    ...PACKAGES.map((name) => ({ name, path: join(client, name) })),
    { name: 'synchronicity', path: join(synchronicity, 'synchronicity') },
  ];
  const files: MountFile[] = [];
  for (const { name, path } of folders) files.push(...(await storeFolder(path, `/pkg/${name}`, tools)));
  return files;
};

const lastLine = (output: string): string => output.trimEnd().split('\n').at(-1) ?? '';
