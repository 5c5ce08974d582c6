import { lstat, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BuildStep } from '@slipway/contracts';
import { runCommand } from '../command/run-command.js';
import type { IsolatedContainer } from '../isolated-container/isolated-container.js';
import { findUser } from '../root-file-system/find-user.js';
import { resolveInRoot } from '../root-file-system/resolve-in-root.js';
import type { WorkerHost } from '../worker-host.js';
import { expandSource } from './expand-source.js';
import { withSourceTree } from './source-tree.js';
import { failingStep, StepFailedError } from './step-failed-error.js';

type CopyAction = Extract<BuildStep['action'], { kind: 'copy' }>;

const isFolder = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Copies as a Dockerfile's COPY does: a folder's contents rather than the folder, into a destination that is a folder when it
 * ends in a slash, exists as one, or takes several sources. Links on the way in or out never leave their own tree.
 */
export const copyStep = async (
  host: WorkerHost,
  container: IsolatedContainer,
  step: BuildStep,
  action: CopyAction,
): Promise<void> => {
  // What cannot be lent is an outage; what cannot be copied is the step's own doing.
  await withSourceTree(host, container.folder, action.from, (tree) =>
    copyFrom(tree, container, step, action).catch(failingStep),
  );
};

const copyFrom = async (
  tree: string,
  container: IsolatedContainer,
  step: BuildStep,
  action: CopyAction,
): Promise<void> => {
  const wanted = action.destination.startsWith('/')
    ? action.destination
    : join(step.workdir, action.destination);
  const destination = await resolveInRoot(container.root, wanted);
  const found = (await Promise.all(action.sources.map((source) => expandSource(tree, source)))).flat();
  if (found.length === 0)
    throw new StepFailedError(
      `COPY ${action.sources.join(' ')}: no such file among the files of the build context`,
    );
  const intoFolder =
    action.destination.endsWith('/') ||
    action.destination.endsWith('/.') ||
    found.length > 1 ||
    (await isFolder(destination));
  for (const source of found) await copyOne(container, action, source, destination, intoFolder);
};

const copyOne = async (
  container: IsolatedContainer,
  action: CopyAction,
  source: string,
  destination: string,
  intoFolder: boolean,
): Promise<void> => {
  const folder = await isFolder(source);
  const target = folder || !intoFolder ? destination : join(destination, basename(source));
  await mkdir(folder ? target : dirname(target), { recursive: true });
  const scratch = join(container.disk.folder, 'copied');
  await runCommand('cp', [
    '-r',
    '--no-dereference',
    '--preserve=mode,timestamps,links',
    '-T',
    source,
    scratch,
  ]);
  const owner = await findUser(container.root, action.chown);
  await runCommand('chown', ['-R', '-h', `${owner.uid}:${owner.gid}`, scratch]);
  if (action.chmod !== undefined) await runCommand('chmod', ['-R', action.chmod, scratch]);
  // Either way a link that stands where a file or folder is to be is replaced, never followed.
  await (folder
    ? runCommand('sh', ['-c', MERGE_FOLDER, 'sh', scratch, target])
    : runCommand('cp', ['-a', '--remove-destination', '-T', scratch, target]));
  await rm(scratch, { recursive: true, force: true });
};

const MERGE_FOLDER =
  'tar -C "$1" --xattrs -c . | tar -C "$2" --xattrs --numeric-owner --no-overwrite-dir -x -p';
