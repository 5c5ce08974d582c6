import { refuse, type Refusal } from '@slipway/kernel';
import { splitWords } from './split-words.js';

/** The `name=value` pairs of ENV, ARG and LABEL; ENV and LABEL also have the old form `NAME the rest of the line`. */
export const readPairs = (
  text: string,
  substituted: (text: string) => string,
): readonly (readonly [string, string])[] | Refusal => {
  const old = /^([^\s="']+)\s+([\s\S]*)$/.exec(text);
  if (old && !/^[^\s"']+=/.test(text)) return [[old[1] ?? '', substituted(old[2] ?? '')]];
  const pairs: [string, string][] = [];
  for (const word of splitQuoted(text)) {
    const equals = word.indexOf('=');
    if (equals < 1) return refuse('invalid', 'bad-pair', `'${word}' is not of the form name=value`);
    const value = word.slice(equals + 1);
    const literal = value.startsWith("'");
    const [plain = ''] = splitWords(literal ? value : protectDollars(value, substituted));
    pairs.push([splitWords(word.slice(0, equals))[0] ?? '', plain]);
  }
  return pairs;
};

/** Values that are put in must not be split again, so they are put in quotes that fit. */
const protectDollars = (value: string, substituted: (text: string) => string): string => {
  const quoted = value.startsWith('"')
    ? value
    : `"${value.replace(/\\(?!\$)(.)/g, '$1').replaceAll('"', '')}"`;
  return substituted(quoted);
};

const splitQuoted = (text: string): readonly string[] =>
  text.match(/(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'[^']*')+/g) ?? [];
