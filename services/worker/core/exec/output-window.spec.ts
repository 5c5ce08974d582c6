import * as fc from 'fast-check';
import { OutputWindow } from './output-window.js';

const MIB = 1024 * 1024;

const readAll = (window: OutputWindow, from = 0): number[] => {
  const read: number[] = [];
  for (;;) {
    const bytes = window.read(from + read.length);
    if (bytes === undefined || bytes.length === 0) return read;
    read.push(...bytes);
  }
};

test('what was written is read from any offset on', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 9 })), fc.nat(40), (pieces, offset) => {
      const window = new OutputWindow();
      for (const piece of pieces) window.append(piece);
      const all = pieces.flatMap((piece) => [...piece]);
      expect(readAll(window, Math.min(offset, all.length))).toEqual(all.slice(offset));
    }),
  );
});

test('what is not written yet is nothing, and what is beyond it is unknown', () => {
  const window = new OutputWindow();
  window.append(Uint8Array.of(1, 2));
  expect(window.read(2)).toHaveLength(0);
  expect(window.read(3)).toBeUndefined();
});

test('it is full when 2 MiB wait for a reader, and has room when they were read', () => {
  const window = new OutputWindow();
  for (let count = 0; count < 2; count += 1) {
    expect(window.isFull).toBe(false);
    window.append(new Uint8Array(MIB));
  }
  expect(window.isFull).toBe(true);
  window.read(0);
  expect(window.isFull).toBe(false);
});

test('of what was read the last 2 MiB stay', () => {
  const window = new OutputWindow();
  for (let count = 0; count < 6; count += 1) window.append(new Uint8Array(MIB));
  for (let count = 0; count < 6; count += 1) window.read(count * MIB);
  expect(window.read(4 * MIB - 1)).toBeUndefined();
  expect(window.read(4 * MIB)).toHaveLength(MIB);
});
