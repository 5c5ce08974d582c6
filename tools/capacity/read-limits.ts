import { UsageError } from '../terminal/parse-arguments.ts';

/** `maxStartsPerCycle=20 maxVendorShare=none`; null where a guardrail is to be as the site has it. Throws UsageError. */
export const readLimits = (words: readonly string[]): Record<string, number | null> => {
  if (words.length === 0)
    throw new UsageError('no guardrail is named; write NAME=NUMBER, a name that plan control shows');
  const limits = words.map(readLimit);
  const [twice] =
    limits.find(([name], index) => limits.findIndex(([other]) => other === name) !== index) ?? [];
  if (twice !== undefined) throw new UsageError(`${twice} is set twice`);
  return Object.fromEntries(limits);
};

const readLimit = (word: string): readonly [string, number | null] => {
  const at = word.indexOf('=');
  const [name, value] = [word.slice(0, Math.max(0, at)), word.slice(at + 1)];
  if (name !== '' && value === 'none') return [name, null];
  if (name === '' || value === '' || !Number.isFinite(Number(value)))
    throw new UsageError(`'${word}' sets no guardrail; write NAME=NUMBER, or NAME=none`);
  return [name, Number(value)];
};
