import type { ChildProcess } from 'node:child_process';

const graceMs = 10_000;

/** Ends a program that runs in a process group of its own as Ctrl-C would, so that it clears up; kills it where that takes too long. */
export const endProgram = async (child: ChildProcess): Promise<void> => {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((done) => child.once('exit', done));
  process.kill(-pid, 'SIGINT');
  const impatience = setTimeout(() => process.kill(-pid, 'SIGKILL'), graceMs);
  await exited;
  clearTimeout(impatience);
};
