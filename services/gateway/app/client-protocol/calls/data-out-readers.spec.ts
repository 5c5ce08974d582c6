import type { CallId } from '@slipway/contracts';
import { DataOutReaders } from './data-out-readers.js';

const callId = 'fc-1' as CallId;

const settles = async (work: Promise<void>): Promise<boolean> => {
  let settled = false;
  void work.then(() => (settled = true));
  await new Promise((done) => setImmediate(done));
  return settled;
};

test('nobody reads: nothing is waited for', async () => {
  const readers = new DataOutReaders();
  await readers.reached(callId, 5, new AbortController().signal);
});

test('who is on the way is waited for', async () => {
  const readers = new DataOutReaders();
  const opened = readers.opened(callId, new AbortController().signal);
  expect(await settles(opened)).toBe(false);
  readers.open(callId, 0);
  expect(await settles(opened)).toBe(true);
  const over = new AbortController();
  const nobody = readers.opened('fc-2' as CallId, over.signal);
  over.abort();
  expect(await settles(nobody)).toBe(true);
});

test('who is behind is waited for, however many read', async () => {
  const readers = new DataOutReaders();
  const first = readers.open(callId, 0);
  const second = readers.open(callId, 2);
  const reached = readers.reached(callId, 3, new AbortController().signal);
  readers.advance(callId, first, 3);
  expect(await settles(reached)).toBe(false);
  readers.advance(callId, second, 3);
  expect(await settles(reached)).toBe(true);
});

test('who leaves, or takes too long, holds up nobody', async () => {
  const readers = new DataOutReaders();
  const gone = readers.open(callId, 0);
  const left = readers.reached(callId, 1, new AbortController().signal);
  readers.close(callId, gone);
  expect(await settles(left)).toBe(true);
  readers.open(callId, 0);
  const over = new AbortController();
  const late = readers.reached(callId, 1, over.signal);
  over.abort();
  expect(await settles(late)).toBe(true);
});
