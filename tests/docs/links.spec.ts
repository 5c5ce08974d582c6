import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const pages = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' }).trim().split('\n');

const brokenLinks = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !existsSync(join(dirname(page), target)));

describe('pages', () => {
  it('are found', () => expect(pages).toContain('ARCHITECTURE.md'));

  it.each(pages)('%s links only to what is there', (page) => expect(brokenLinks(page)).toEqual([]));
});
