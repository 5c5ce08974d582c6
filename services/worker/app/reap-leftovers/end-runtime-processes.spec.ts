import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endRuntimeProcesses } from './end-runtime-processes.js';

const started: ChildProcess[] = [];
afterAll(() => started.forEach((child) => child.kill('SIGKILL')));

/** A process that is called like a runtime's. */
const start = async (name: string, ...words: string[]): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', ...words], {
    argv0: name,
    stdio: 'ignore',
  });
  started.push(child);
  await once(child, 'spawn');
  return child;
};

test('what a runtime runs with this state is ended, and nothing else', async () => {
  const folder = `/tmp/state-of-${process.pid}`;
  const mine = await Promise.all([
    start('/opt/runsc', '--root', `${folder}/runsc`, 'run', 'ta-1'),
    start('runsc-sandbox', `--root=${folder}/runsc`, 'boot'),
    start('runc', '--root', folder),
  ]);
  const others = await Promise.all([
    start('runsc-sandbox', `--root=${folder}-2/runsc`, 'boot'),
    start('node', '--root', `${folder}/runsc`),
  ]);
  const ended = Promise.all(mine.map((child) => once(child, 'exit')));
  await endRuntimeProcesses(folder);
  await ended;
  expect(mine.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
  expect(others.map(({ signalCode, exitCode }) => signalCode ?? exitCode)).toEqual([null, null]);
});
