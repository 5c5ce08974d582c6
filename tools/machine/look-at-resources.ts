import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { Home } from '../platform/home.ts';
import type { Finding } from './finding.ts';

const gibibyte = 1024 ** 3;
const leastMemoryGiB = 3;
const leastDiskGiB = 10;
const leastOpenFiles = 8_192;

/** CPU, memory, disk and open files, beside what a platform of one machine needs. */
export const lookAtResources = (home: Home): Finding[] => {
  const memoryGiB = totalmem() / gibibyte;
  const disk = statfsSync(existsSync(home.folder) ? home.folder : dirname(home.folder));
  const diskGiB = (disk.bavail * disk.bsize) / gibibyte;
  const openFiles =
    /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? '0';
  const enoughFiles = openFiles === 'unlimited' || Number(openFiles) >= leastOpenFiles;
  return [
    resource('CPU', true, `${availableParallelism()} cores`, 'shared by the platform and the containers'),
    resource(
      'memory',
      memoryGiB >= leastMemoryGiB,
      `${memoryGiB.toFixed(1)} GiB`,
      `at least ${leastMemoryGiB} GiB leave room for containers`,
    ),
    resource(
      'disk',
      diskGiB >= leastDiskGiB,
      `${diskGiB.toFixed(0)} GiB free`,
      `at least ${leastDiskGiB} GiB for images`,
    ),
    resource('open files', enoughFiles, openFiles, `at least ${leastOpenFiles}: one for each waiting client`),
  ];
};

const resource = (name: string, enough: boolean, found: string, meaning: string): Finding => ({
  area: 'resources',
  name,
  verdict: enough ? 'good' : 'fallback',
  found,
  meaning,
});
