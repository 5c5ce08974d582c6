import fc from 'fast-check';
import { queuedInput } from '../../testing/samples.testing.js';
import { mostBytesOfInput, mostBytesOfOutput } from './most-bytes-of.js';

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const text = fc.string({ unit: fc.constantFrom('a', '\u0001', '"', 'ü', '漢', '😀'), maxLength: 2_000 });

test('no outcome takes more bytes of JSON than is said', () => {
  fc.assert(
    fc.property(text, text, fc.base64String(), (exception, traceback, inline) => {
      const outcome = { kind: 'user-error', exception, traceback, payload: { inline } } as const;
      const said = mostBytesOfOutput({ ...outcome, serializedTraceback: inline, tracebackLineCache: inline });
      expect(said).toBeGreaterThan(
        bytes({ ...outcome, serializedTraceback: inline, tracebackLineCache: inline }),
      );
    }),
  );
});

test('nor does an input', () => {
  const input = queuedInput({ args: { inline: 'a'.repeat(5_000) } });
  expect(mostBytesOfInput(input)).toBeGreaterThan(bytes(input));
});
