/** Between texts that hold no control characters: ids, digests, JSON. */
const SEPARATOR = '\u001E';

/** How a query reads such a list: `TEXTS('$1')`. */
export const TEXTS = (parameter: string): string => `string_to_array(${parameter}, chr(30))`;

/**
 * Texts as one parameter. The driver would write an array text by text and escape each quote of JSON, which costs more than all
 * else about a row. None of them is empty.
 */
export const textList = (texts: readonly string[]): string => texts.join(SEPARATOR);

/** Whole numbers as PostgreSQL reads an array of them. */
export const numberList = (numbers: readonly (number | bigint | string | undefined)[]): string =>
  `{${numbers.map((number) => number ?? 'null').join(',')}}`;
