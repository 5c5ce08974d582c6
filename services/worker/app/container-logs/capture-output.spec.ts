import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { captureOutput } from './capture-output.js';

const busyFor = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('the start of a line is handed on when its end does not come', async () => {
  const stream = new PassThrough();
  const piece = new Promise<string>((resolve) => {
    void captureOutput(stream, (text) => void resolve(text));
  });
  stream.write('Your name: ');
  expect(await piece).toBe('Your name: ');
  stream.destroy();
});

test('a line that goes on and on is handed on now and then', async () => {
  const program = spawn('sh', ['-c', 'while printf .; do sleep 0.05; done']);
  const captured = captureOutput(program.stdout, (text) => {
    expect(text).toMatch(/^[.]+$/);
    program.kill();
    return undefined;
  });
  await captured;
  expect(program.signalCode).toBe('SIGTERM');
});

test('a line whose end is written late, as by a container that stood still, stays whole', async () => {
  const program = spawn('sh', ['-c', 'printf "a line"; sleep 0.2; echo']);
  const pieces: string[] = [];
  await captureOutput(program.stdout, (text) => void pieces.push(text));
  expect(pieces).toEqual(['a line\n']);
});

test('a line whose end came while this process was busy stays whole', async () => {
  const program = spawn('sh', ['-c', 'printf "a line"; sleep 0.25; echo']);
  const pieces: string[] = [];
  const captured = captureOutput(program.stdout, (text) => void pieces.push(text));
  program.stdout.once('data', () => busyFor(900));
  await captured;
  expect(pieces).toEqual(['a line\n']);
});

test('a line whose end waits behind ourselves stays whole', async () => {
  const stream = new PassThrough();
  const pieces: string[] = [];
  let makeRoom = (): void => undefined;
  const captured = captureOutput(stream, (text) => {
    pieces.push(text);
    return pieces.length > 1 ? undefined : new Promise((resolve) => (makeRoom = resolve));
  });
  stream.write('first\nsec');
  await new Promise((resolve) => setImmediate(resolve));
  stream.end('ond\n');
  busyFor(700);
  await new Promise((resolve) => setTimeout(resolve));
  expect(pieces).toEqual(['first\n']);
  makeRoom();
  await captured;
  expect(pieces).toEqual(['first\n', 'second\n']);
});
