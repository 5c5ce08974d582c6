/** A mistake of the caller: shown as one line, exit code 2. */
export class UsageError extends Error {}

export type FlagKinds = Readonly<Record<string, 'flag' | 'text' | 'texts' | 'number'>>;

export type ParsedArguments = Readonly<{
  flags: ReadonlySet<string>;
  texts: ReadonlyMap<string, string>;
  numbers: ReadonlyMap<string, number>;
  /** Options that may be given more than once, in order. */
  lists: ReadonlyMap<string, readonly string[]>;
  /** What is not an option, in order. */
  rest: readonly string[];
}>;

/**
 * Parses `--flag`, `--name value` and `--name=value`. Refuses unknown options, missing and surplus values, a second value where
 * one counts, and more than `mostRest` other words.
 */
export const parseArguments = (words: readonly string[], kinds: FlagKinds, mostRest = 0): ParsedArguments => {
  const flags = new Set<string>();
  const texts = new Map<string, string>();
  const numbers = new Map<string, number>();
  const lists = new Map<string, readonly string[]>();
  const rest: string[] = [];
  const pending = [...words];
  while (pending.length > 0) {
    const word = pending.shift()!;
    if (!word.startsWith('-')) {
      if (rest.length === mostRest) throw new UsageError(`unexpected argument ${word}`);
      rest.push(word);
      continue;
    }
    const [name, attached] = splitOnce(word.replace(/^--/, ''));
    const kind = word.startsWith('--') && Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw new UsageError(`unknown option ${word.split('=')[0]}`);
    if (kind === 'flag') {
      if (attached !== undefined) throw new UsageError(`--${name} takes no value`);
      flags.add(name);
      continue;
    }
    const value = attached ?? pending.shift();
    if (value === undefined || value === '') throw new UsageError(`--${name} needs a value`);
    if (texts.has(name) || numbers.has(name)) throw new UsageError(`--${name} is given twice`);
    if (kind === 'texts') lists.set(name, [...(lists.get(name) ?? []), value]);
    else if (kind === 'text') texts.set(name, value);
    else numbers.set(name, wholeNumber(name, value));
  }
  return { flags, texts, numbers, lists, rest };
};

/** The names of all options that were given, of whatever kind. */
export const givenOptions = (parsed: Omit<ParsedArguments, 'rest'>): readonly string[] =>
  [parsed.flags, parsed.texts, parsed.numbers, parsed.lists].flatMap((given) => [...given.keys()]);

const splitOnce = (word: string): [name: string, value: string | undefined] => {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
};

const wholeNumber = (name: string, text: string): number => {
  if (!/^\d+$/.test(text)) throw new UsageError(`--${name} is ${text}; it must be a whole number`);
  return Number(text);
};
