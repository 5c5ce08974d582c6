import { findOnPath } from '../install/find-on-path.ts';
import { versionIn } from '../install/version.ts';
import { runQuietly } from '../terminal/run-quietly.ts';
import type { Finding } from './finding.ts';
import { findRunsc } from './find-runsc.ts';

const trialMs = 20_000;

/** What can isolate a container here: runsc is tried on a tiny program, not only looked for. */
export const lookAtRuntimes = async (): Promise<Finding[]> => {
  return [await tryRunsc(findRunsc()), await lookAtRunc(findOnPath('runc'))];
};

const tryRunsc = async (runsc: string | undefined): Promise<Finding> => {
  if (!runsc)
    return finding('runsc', 'missing', 'absent', './tools/up installs it; until then --runtime runc');
  const trial = await runQuietly(runsc, TRIAL, { timeoutMs: trialMs });
  return trial.ok
    ? finding('runsc', 'good', 'works by systrap', 'each container has a kernel of its own')
    : finding(
        'runsc',
        'missing',
        lastLine(trial.output),
        'only --runtime runc, which shares the kernel of the host',
      );
};

/** By the platform that workers use. */
const TRIAL = ['--platform=systrap', '--network=none', '--ignore-cgroups', 'do', '/bin/true'];

const lookAtRunc = async (runc: string | undefined): Promise<Finding> =>
  runc
    ? finding(
        'runc',
        'good',
        versionIn((await runQuietly(runc, ['--version'])).output) ?? runc,
        'for --runtime runc',
      )
    : finding('runc', 'missing', 'absent', './tools/up installs it; needed for --runtime runc');

const finding = (name: string, verdict: Finding['verdict'], found: string, meaning: string): Finding => ({
  area: 'runtime',
  name,
  verdict,
  found,
  meaning,
});

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
