import type { RunningExec } from '../runtime/container-runtime.js';
import { ExecOutput } from './exec-output.js';
import type { SpillFile } from './spill-file.js';

/** What becomes of what a program writes. */
export type WantedOutputs = Readonly<{
  stdout: 'pipe' | 'discard';
  stderr: 'pipe' | 'discard' | 'stdout';
}>;

/** The outputs of a program; `spillOf` names the file for what nobody reads of one. */
export const execOutputs = (
  running: Pick<RunningExec, 'stdout' | 'stderr'>,
  { stdout, stderr }: WantedOutputs,
  spillOf: (stream: 'stdout' | 'stderr') => SpillFile | undefined,
): Readonly<{ stdout: ExecOutput; stderr: ExecOutput }> => {
  if (stdout === 'discard') running.stdout.resume();
  if (stderr === 'discard') running.stderr.resume();
  const out = stdout === 'pipe' ? [running.stdout] : [];
  const err = stderr === 'discard' ? [] : [running.stderr];
  const [ofOut, ofErr] = stderr === 'stdout' ? [[...out, ...err], []] : [out, err];
  return {
    stdout: new ExecOutput(ofOut, spillOf('stdout')),
    stderr: new ExecOutput(ofErr, spillOf('stderr')),
  };
};
