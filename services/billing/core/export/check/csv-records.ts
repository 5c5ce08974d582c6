/** The fields of a record of CSV: an empty field is null, a quoted empty one is the empty text. */
export type CsvRecord = readonly (string | null)[];

/** Reads CSV as RFC 4180 has it, however it is cut into pieces. Throws where a quoted field has no end. */
export async function* csvRecords(pieces: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let rest = '';
  for await (const piece of pieces) {
    rest += piece;
    const whole = lastRecordEnd(rest);
    if (whole === 0) continue;
    yield* recordsOf(rest.slice(0, whole));
    rest = rest.slice(whole);
  }
  if (rest === '') return;
  if (quotesIn(rest) % 2 === 1) throw new Error('the file ends within a quoted field');
  yield* recordsOf(rest);
}

const quotesIn = (text: string): number => text.split('"').length - 1;

/** Where the last record ends that is whole: after a line end that is not within quotes. */
const lastRecordEnd = (text: string): number => {
  let quoted = false;
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 34) quoted = !quoted;
    else if (character === 10 && !quoted) end = at + 1;
  }
  return end;
};

const FIELD = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/y;

function* recordsOf(text: string): Generator<CsvRecord> {
  let record: (string | null)[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length || record.length > 0) {
    const at = FIELD.lastIndex;
    const match = FIELD.exec(text);
    if (match === null) throw new Error(`'${text.slice(at, at + 40)}' is no field of CSV`);
    const [, quoted, plain, end] = match;
    record.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    yield record;
    record = [];
  }
}
