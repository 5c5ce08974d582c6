import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { renderEnvironmentFile } from './environment-file.ts';

const valueAfterSourcing = (text: string, expression: string): string =>
  execFileSync('sh', ['-c', `${text}\nprintf %s "${expression}"`], { encoding: 'utf8' });

describe('the environment file', () => {
  test('a shell reads back any value', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.replaceAll('\0', '')),
        (value) => {
          expect(valueAfterSourcing(renderEnvironmentFile({ VALUE: value }, '/venv/bin'), '$VALUE')).toBe(
            value,
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  test('sourcing it twice puts the folder on PATH once', () => {
    const text = renderEnvironmentFile({}, '/a folder/bin');
    const path = valueAfterSourcing(`${text}\n${text}`, '$PATH');
    expect(path.split(':').filter((folder) => folder === '/a folder/bin')).toHaveLength(1);
    expect(path.startsWith('/a folder/bin:')).toBe(true);
  });
});
