import { readFileSync } from 'node:fs';
import { UsageError } from '../terminal/parse-arguments.ts';

/** The rate card of a file. Throws UsageError where the file holds none. */
export const readRateCard = (path: string): object => {
  try {
    const card: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof card === 'object' && card !== null && !Array.isArray(card)) return card;
  } catch (error) {
    throw new UsageError(`${path} cannot be read as a rate card: ${(error as Error).message}`);
  }
  throw new UsageError(`${path} holds no rate card: it must be a JSON object`);
};
