import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FileJson } from './schema.js';

export const CLIENT_VERSIONS = ['1.5.4', '1.6.4'] as const;

/** Our names for messages whose own name would hide a global of JavaScript. */
export const RENAMED = { Function: 'FunctionDefinition', Object: 'LayoutObject' };

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const output = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES });

/** SLIPWAY_PYTHON_164 and the like name a Python that has the client; else one is made once. */
const pythonWithClient = (version: string): string => {
  const given = process.env[`SLIPWAY_PYTHON_${version.replaceAll('.', '')}`];
  if (given) return given;
  const folder = join(root, '.slipway/test-venvs', version);
  const python = join(folder, 'bin/python');
  if (!existsSync(join(folder, 'bin/modal'))) {
    output('python3', ['-m', 'venv', folder]);
    output(python, ['-m', 'pip', 'install', '--quiet', `modal==${version}`]);
  }
  return python;
};

/** The descriptors embedded in the client package of this version. */
export const clientDescriptors = (version: string): FileJson[] =>
  output(pythonWithClient(version), [join(here, 'print-descriptors.py')])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as FileJson);

/** The descriptors of our own schema, compiled anew. */
export const ourDescriptors = (): FileJson[] => {
  const buf = join(root, 'node_modules/@bufbuild/buf/bin/buf');
  const built = output(process.execPath, [buf, 'build', 'libs/protocol/proto', '--output', '-#format=json']);
  return (JSON.parse(built) as { file: FileJson[] }).file;
};
