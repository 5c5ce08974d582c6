import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const textsOf = (pattern: string): string =>
  globSync(pattern, { cwd: root })
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
const namesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '').sort();

const asked = namesIn(textsOf('libs/contracts/requests/*.ts'), /^ {2}'([a-z-]+\.[a-z-]+)'/gm);
const answered = namesIn(textsOf('services/*/app/**/*.controller.ts'), /@Answers\(\s*'([a-z-]+\.[a-z-]+)'/g);

test('each request of the contracts is answered by one method of one controller', () => {
  expect(asked.length).toBeGreaterThan(50);
  expect(answered).toEqual(asked);
});
