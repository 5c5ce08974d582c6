import { runCommand } from '../command/run-command.js';

/** The drivers to which gVisor passes a container's calls: of each release those whose interface it knows. */
export const passedDrivers = async (runscBinary: string): Promise<readonly string[]> =>
  runCommand(runscBinary, ['nvproxy', 'list-supported-drivers']).then(
    (printed) => printed.split('\n').filter((line) => /^\d+(\.\d+)+$/.test(line)),
    () => [],
  );
