import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { environmentLine, VariableError } from './environment-file.js';
import { readVendorsConfig } from './read-vendors-config.js';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'environment-file-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a POSIX shell reads: within double quotes systemd's rules are the same ones. */
const readBack = (values: readonly string[]): readonly string[] => {
  const path = join(folder, 'worker.env');
  writeFileSync(path, values.map((value, index) => `${environmentLine(`V_${index}`, value)}\n`).join(''));
  const told = execFileSync('sh', ['-c', 'set -a; . "$1"; env -0', 'sh', path], {
    env: { PATH: process.env['PATH'] },
  });
  const read = new Map(
    told
      .toString()
      .split('\0')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return values.map((_, index) => read.get(`V_${index}`) ?? 'left out');
};

test('spaces, quotes, dollars, percents, backslashes and newlines come out as they went in', () => {
  const values = [
    '',
    ' a  b ',
    `"a" 'b'`,
    '$HOME ${X} `id` $(id)',
    '%h %%',
    'C:\\n\\',
    '# no comment',
    'a\nX=evil\n\t',
    'ü€𝄞',
  ];
  expect(readBack(values)).toEqual(values);
});

test('so does any text that may be told', () => {
  const character = fc.oneof(
    fc.constantFrom(...`"'\\$\`%#;=! \t\n\\`),
    fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
  );
  fc.assert(
    fc.property(fc.array(fc.string({ unit: character }), { maxLength: 40 }), (values) => {
      expect(readBack(values)).toEqual(values);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['a\rb', 'U+000D at position 2'],
  ['a\0', 'U+0000 at position 2'],
  ['\x1b[0m', 'U+001B at position 1'],
  ['\x85', 'U+0085 at position 1'],
  ['a\ud800', 'U+D800 at position 2'],
  ['\uffff', 'U+FFFF at position 1'],
  ['\ufeffa', 'U+FEFF at position 1'],
])('%j is refused before anything is bought, with where it is and without the rest', (text, where) => {
  const read = () => readVendorsConfig({ CAPACITY_PLANNER_WORKER_ENV_KEY: `${text}secret` });
  expect(read).toThrow(VariableError);
  expect(read).toThrow(
    `CAPACITY_PLANNER_WORKER_ENV_KEY has the character ${where}; ` +
      'it must be text without control characters other than tabs and newlines',
  );
  expect(read).not.toThrow(/secret/);
});

test.each(['', '1ST', 'A-B', 'A B'])('a variable that is called %j is refused', (name) => {
  expect(() => readVendorsConfig({ [`CAPACITY_PLANNER_WORKER_ENV_${name}`]: 'x' })).toThrow(
    `CAPACITY_PLANNER_WORKER_ENV_${name} names the variable "${name}"; it must name one of letters, digits and underscores`,
  );
});
