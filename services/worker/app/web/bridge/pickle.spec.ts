import { execFileSync } from 'node:child_process';
import { pickle, Tuple, type Picklable } from './pickle.js';

const readByPython = (value: Picklable): string =>
  execFileSync('python3', ['-c', 'import pickle,sys; print(repr(pickle.load(sys.stdin.buffer)))'], {
    input: pickle(value),
    encoding: 'utf8',
  }).trim();

describe('values for Python', () => {
  test('arrive as they were', () => {
    expect(
      readByPython(
        new Tuple([
          { type: 'http', path: '/ü/😀', big: 2 ** 31 - 1, less: -7, yes: true, no: false, none: null },
          [new Tuple([Buffer.from('a'), Buffer.from([0, 255])])],
          [],
          {},
        ]),
      ),
    ).toBe(
      "({'type': 'http', 'path': '/ü/😀', 'big': 2147483647, 'less': -7, 'yes': True, 'no': False, 'none': None}, [(b'a', b'\\x00\\xff')], [], {})",
    );
  });

  test('long strings and bytes arrive whole', () => {
    expect(readByPython(['x'.repeat(300), Buffer.alloc(300)]).length).toBeGreaterThan(300 + 4 * 300);
  });

  test('a number with a fraction is refused by name', () => {
    expect(() => pickle([1.5])).toThrow('1.5 cannot be pickled');
  });
});
