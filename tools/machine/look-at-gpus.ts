import { globSync } from 'node:fs';
import { findOnPath } from '../install/find-on-path.ts';
import { runQuietly } from '../terminal/run-quietly.ts';
import type { Finding } from './finding.ts';

/** The GPUs of the machine, and what describes them to a container runtime. */
export const lookAtGpus = async (): Promise<Finding[]> => {
  const devices = globSync('/dev/nvidia[0-9]*');
  const program = findOnPath('nvidia-smi');
  const query = program
    ? await runQuietly(program, ['--query-gpu=name,memory.total', '--format=csv,noheader'])
    : undefined;
  const names = query?.ok ? query.output.split('\n').join('; ') : undefined;
  const descriptions = globSync(['/etc/cdi/*.{json,yaml,yml}', '/run/cdi/*.{json,yaml,yml}']);
  return [
    {
      area: 'gpu',
      name: 'GPUs',
      verdict: names ? 'good' : devices.length > 0 ? 'missing' : 'fallback',
      found: names ?? (devices.length > 0 ? `${devices.join(', ')}, and no working driver` : 'none'),
      meaning: names
        ? 'offered to functions that ask for one'
        : './tools/up --simulate-gpu H100:8 offers pretended ones',
    },
    {
      area: 'gpu',
      name: 'CDI',
      verdict: descriptions.length > 0 ? 'good' : 'fallback',
      found: descriptions.join(', ') || 'no files',
      meaning: 'names the devices and libraries of a GPU; without it they are looked for',
    },
  ];
};
