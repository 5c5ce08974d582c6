import { runCommand } from '../command/run-command.js';

/** The ids that `runc list` and `runsc list` print. */
export const listContainers = async (
  binary: string,
  globalFlags: readonly string[],
): Promise<readonly string[]> => {
  const printed = await runCommand(binary, [...globalFlags, 'list', '--quiet']);
  return printed.split('\n').filter((line) => line !== '');
};
