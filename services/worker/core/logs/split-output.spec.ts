import fc from 'fast-check';
import { LONGEST_PIECE_CHARACTERS, splitOutput } from './split-output.js';

describe('splitting output', () => {
  test('the start of a line is held until its end comes', () => {
    const first = splitOutput('', 'a\nb');
    expect(first).toEqual({ ready: ['a\n'], held: 'b' });
    expect(splitOutput(first.held, 'c\n')).toEqual({ ready: ['bc\n'], held: '' });
  });

  test('carriage returns stay', () => {
    expect(splitOutput('', '10%\r20%\r\n')).toEqual({ ready: ['10%\r20%\r\n'], held: '' });
  });

  test('a line without an end is not held for ever', () => {
    const { ready, held } = splitOutput('', 'x'.repeat(LONGEST_PIECE_CHARACTERS * 2));
    expect(ready.map((piece) => piece.length)).toEqual([LONGEST_PIECE_CHARACTERS, LONGEST_PIECE_CHARACTERS]);
    expect(held).toBe('');
  });

  test('short lines stay whole, however many come at once', () => {
    const lines = Array.from({ length: 2_000 }, (_, at) => `${'x'.repeat(70)}${at}\n`);
    const { ready } = splitOutput('', lines.join(''));
    expect(ready.length).toBeGreaterThan(1);
    expect(ready.every((piece) => piece.endsWith('\n'))).toBe(true);
  });

  test('nothing is lost, doubled or put in another order, and no piece is too long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '😀'), maxLength: 50 })),
        (chunks) => {
          let held = '';
          const seen: string[] = [];
          for (const chunk of chunks) {
            const split = splitOutput(held, chunk);
            seen.push(...split.ready);
            held = split.held;
          }
          return (
            seen.join('') + held === chunks.join('') &&
            seen.every((piece) => piece.length <= LONGEST_PIECE_CHARACTERS)
          );
        },
      ),
    );
  });
});
