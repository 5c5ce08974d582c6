import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { majorOfData, ofMajor } from './postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dataOf = (name: string, version: string | undefined): string => {
  const data = join(folder, name);
  mkdirSync(data);
  if (version !== undefined) writeFileSync(join(data, 'PG_VERSION'), version);
  return data;
};
const installed = (version: string) => ({
  path: `/usr/lib/postgresql/${version}`,
  version,
  source: 'on PATH',
});

describe('which PostgreSQL serves', () => {
  test('data is served by the version that made it, not by the newest', () => {
    const major = majorOfData(dataOf('kept', '15\n'));
    expect(ofMajor(['18.1', '15.18'].map(installed), major!)).toEqual(installed('15.18'));
  });

  test('another major version is none, however near', () => {
    expect(ofMajor(['16.1', '150.1'].map(installed), '15')).toBeUndefined();
  });

  test('no data asks for no version', () => {
    expect(majorOfData(join(folder, 'not-made-yet'))).toBeUndefined();
  });

  test.each([undefined, '', 'newest\n'])('data that says %p is refused with its file', (version) => {
    const data = dataOf(`of-${version}`, version);
    expect(() => majorOfData(data)).toThrow(`${data}/PG_VERSION`);
  });
});
