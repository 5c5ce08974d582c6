import { readFileSync } from 'node:fs';
import { UsageError } from '../terminal/parse-arguments.ts';

type Settings = { [name: string]: unknown };

/** `--policy`, as often as it was given: NAME=NUMBER with dots between the parts of a name, or a JSON file of settings. Later ones win. Throws UsageError. */
export const readPolicyChanges = (texts: readonly string[]): Settings =>
  texts.reduce<Settings>(
    (settings, text) => merged(settings, text.includes('=') ? named(text) : fileOf(text)),
    {},
  );

const named = (text: string): Settings => {
  const at = text.indexOf('=');
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (name === '' || value === '')
    throw new UsageError(
      `--policy is ${text}; write NAME=NUMBER, such as spot.maxMarketShare=0.6, or the name of a JSON file`,
    );
  const setting: unknown = Number.isFinite(Number(value)) ? Number(value) : value;
  return name.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), setting) as Settings;
};

const fileOf = (path: string): Settings => {
  try {
    const settings: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isSettings(settings)) return settings;
  } catch (error) {
    throw new UsageError(`--policy is ${path}, which cannot be read as JSON (${(error as Error).message})`);
  }
  throw new UsageError(`--policy is ${path}, which has no JSON object of settings`);
};

const merged = (before: Settings, after: Settings): Settings => {
  const both = { ...before };
  for (const [name, value] of Object.entries(after)) {
    const known = both[name];
    both[name] = isSettings(known) && isSettings(value) ? merged(known, value) : value;
  }
  return both;
};

const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
