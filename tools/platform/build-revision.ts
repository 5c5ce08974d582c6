import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Changes with the built code that a service runs: its own, its core's and the libraries'. */
export const buildRevision = (checkout: string, service: string): string => {
  const hash = createHash('sha256');
  const patterns = ['libs/*/dist/**/*.js', `services/${service}/*/dist/**/*.js`];
  for (const file of globSync(patterns, { cwd: checkout }).toSorted()) {
    hash.update(file).update(readFileSync(join(checkout, file)));
  }
  return hash.digest('hex').slice(0, 16);
};
