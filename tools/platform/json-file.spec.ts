import { mkdtempSync, readdirSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson, writeJson } from './json-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'json-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file that is cut short is named', () => {
  const file = join(folder, 'ports.json');
  writeFileSync(file, '');
  expect(() => readJson(file)).toThrow(`${file} cannot be read`);
});

test('a file that cannot be replaced leaves no draft', () => {
  const file = join(folder, 'taken', 'file.json');
  mkdirSync(join(file, 'below'), { recursive: true });
  expect(() => writeJson(file, {})).toThrow();
  expect(readdirSync(join(folder, 'taken'))).toEqual(['file.json']);
});
