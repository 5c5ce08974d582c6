import type { ImageConfig } from '@slipway/contracts';
import type { PlannedStep } from '../plan/planned-step.js';
import { searchPath } from './search-path.js';

/** Whether a stage may have put another Python first in PATH than that of its base: by PATH itself, by a command, or by files there. */
export const mayChangePython = (
  steps: readonly Pick<PlannedStep, 'action'>[],
  before: ImageConfig,
  after: ImageConfig,
): boolean => {
  const path = searchPath(after);
  if (path !== searchPath(before)) return true;
  const folders = path.split(':').filter((folder) => folder.startsWith('/'));
  return steps.some(
    ({ action }) =>
      action.kind === 'run' ||
      folders.some((folder) => isIn(folder, action.destination) || isIn(action.destination, folder)),
  );
};

const isIn = (path: string, folder: string): boolean => withSlash(path).startsWith(withSlash(folder));

const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);
