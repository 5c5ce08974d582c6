import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { jest } from '@jest/globals';
import { captureOutput, PARTIAL_LINE_MS } from './capture-output.js';

const busyFor = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

const whatIsWrittenIsRead = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
  const [, [, signal]] = await Promise.all([captured, once(program, 'exit')]);
  expect(signal).toBe('SIGTERM');
});

test('a line whose end is written late, as by a container that stood still, stays whole', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'clearImmediate'] });
  try {
    const stream = new PassThrough();
    const pieces: string[] = [];
    const captured = captureOutput(stream, (text) => void pieces.push(text));
    stream.write('a line');
    await whatIsWrittenIsRead();
    jest.advanceTimersByTime(300);
    await whatIsWrittenIsRead();
    stream.end('\n');
    await captured;
    expect(pieces).toEqual(['a line\n']);
  } finally {
    jest.useRealTimers();
  }
});

test('a line whose end came while this process was busy stays whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'capture-output-'));
  try {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const stream = new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK) });
    const writer = openSync(path, 'w');
    const pieces: string[] = [];
    const captured = captureOutput(stream, (text) => void pieces.push(text));
    stream.once('data', () => {
      writeSync(writer, '\n');
      closeSync(writer);
      busyFor(PARTIAL_LINE_MS + 100);
    });
    writeSync(writer, 'a line');
    await captured;
    expect(pieces).toEqual(['a line\n']);
  } finally {
    rmSync(folder, { recursive: true });
  }
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
  await whatIsWrittenIsRead();
  stream.end('ond\n');
  busyFor(700);
  await new Promise((resolve) => setTimeout(resolve));
  expect(pieces).toEqual(['first\n']);
  makeRoom();
  await captured;
  expect(pieces).toEqual(['first\n', 'second\n']);
});
