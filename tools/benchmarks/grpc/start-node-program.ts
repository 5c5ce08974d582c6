import { spawn, type ChildProcess } from 'node:child_process';
import { begunThings } from '../begun-things.ts';

/** A Node program of ours beside this process; ends with `end`, or when the run is interrupted. */
export type NodeProgram = Readonly<{ pid: number; child: ChildProcess; end: () => Promise<void> }>;

export const startNodeProgram = (path: string, words: readonly string[]): NodeProgram => {
  const end = begunThings.note(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...words], {
    stdio: ['ignore', 'pipe', process.stderr],
  });
  const exited = new Promise<void>((done) => child.once('close', () => done()));
  return { pid: child.pid!, child, end };
};

/** The first line that the program prints. */
export const firstLine = (program: NodeProgram): Promise<string> =>
  new Promise((done, fail) => {
    let text = '';
    program.child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk;
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')));
    });
    program.child.once('close', (code) => fail(new Error(`the program ended with code ${code}`)));
  });
