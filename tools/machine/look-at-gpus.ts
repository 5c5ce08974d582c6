import { existsSync, globSync } from 'node:fs';
import { findOnPath } from '../install/find-on-path.ts';
import { runQuietly } from '../terminal/run-quietly.ts';
import type { Finding } from './finding.ts';
import { findRunsc } from './find-runsc.ts';
import { judgeGpus } from './judge-gpus.ts';

/** A driver in a folder of its own: its program is on no PATH, and its libraries are in no cache of the loader. */
const apart = '/usr/local/nvidia';
const query = ['--query-gpu=name,memory.total,driver_version,mig.mode.current', '--format=csv,noheader'];

/** The GPUs of the machine, whether runsc knows their driver, and what describes them to a container runtime. */
export const lookAtGpus = async (): Promise<readonly Finding[]> => {
  const program = [findOnPath('nvidia-smi'), `${apart}/bin/nvidia-smi`].find(
    (path) => path !== undefined && existsSync(path),
  );
  const runsc = findRunsc();
  const libraries = [process.env['LD_LIBRARY_PATH'], `${apart}/lib64`, `${apart}/lib`]
    .filter(Boolean)
    .join(':');
  const driver = program
    ? await runQuietly('env', [`LD_LIBRARY_PATH=${libraries}`, program, ...query])
    : undefined;
  const passed = runsc && (await runQuietly(runsc, ['nvproxy', 'list-supported-drivers']));
  return judgeGpus({
    devices: globSync('/dev/nvidia[0-9]*'),
    descriptions: globSync(['/etc/cdi/*.{json,yaml,yml}', '/run/cdi/*.{json,yaml,yml}']),
    ...(driver && { driver }),
    ...(passed && { passed: passed.ok ? passed.output.split('\n') : [] }),
  });
};
