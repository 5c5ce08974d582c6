import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeAt, type Home } from './home.ts';
import { readSettingsFile } from './settings-file.ts';

let home: Home;
beforeEach(() => {
  home = homeAt(mkdtempSync(join(tmpdir(), 'slipway-settings-')));
});
afterEach(() => rmSync(home.folder, { recursive: true }));
const write = (text: string): void => writeFileSync(home.settingsFile, text);

test('without the file there are no settings', () => {
  expect(readSettingsFile(home)).toEqual({});
});

test('each line is a setting, with or without export and quotes', () => {
  write(
    `WORKER_ZONE=\nBLOB_STORE_S3_SECRET_ACCESS_KEY="a#b'c"\n# where bytes lie\n\nBLOB_STORE_S3_BUCKET=ours\nexport WORKER_REGION='fra 1'\nDATABASE_URL="postgres://db/x?a=b" # ours\n`,
  );
  expect(readSettingsFile(home)).toEqual({
    WORKER_ZONE: '',
    BLOB_STORE_S3_SECRET_ACCESS_KEY: "a#b'c",
    BLOB_STORE_S3_BUCKET: 'ours',
    WORKER_REGION: 'fra 1',
    DATABASE_URL: 'postgres://db/x?a=b',
  });
});

test.each([
  ['BLOB_STORE_S3_BUCKET ours', ":2 is 'BLOB_STORE_S3_BUCKET ours', but must be NAME=value or # a comment"],
  ['BLOBSTORE_S3_BUCKET=ours', ':2 sets BLOBSTORE_S3_BUCKET, which nothing reads from there'],
  [
    "WORKER_REGION='fra",
    ':2 sets WORKER_REGION to something with a quote or a # in it; put all of it in quotes',
  ],
  ['DATABASE_URL=postgres://u:p#w@db/x', ':2 sets DATABASE_URL to something with a quote or a # in it'],
  ['SLIPWAY_HOME=/srv', ':2 sets SLIPWAY_HOME, which nothing reads from there'],
])('%s is refused', (line, message) => {
  write(`# ours\n${line}\n`);
  expect(() => readSettingsFile(home)).toThrow(`${home.settingsFile}${message}`);
});

test('a setting is read as it was written, whatever it holds', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]*$/), fc.constantFrom("'", '"'), (value, quote) => {
      fc.pre(!value.includes(quote) && !value.includes('\\'));
      write(`WORKER_ZONE=${quote}${value}${quote}\nWORKER_REGION=fra\n`);
      expect(readSettingsFile(home)).toEqual({ WORKER_ZONE: value, WORKER_REGION: 'fra' });
    }),
  );
});
