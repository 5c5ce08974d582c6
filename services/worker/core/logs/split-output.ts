/** What is held back of one stream: the start of a line whose end has not come. */
export type HeldOutput = string;

export type SplitOutput = Readonly<{ ready: readonly string[]; held: HeldOutput }>;

/** A piece of output is never longer than this, however long its line is. */
export const LONGEST_PIECE_CHARACTERS = 32 * 1024;

const inPieces = (text: string): string[] => {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + LONGEST_PIECE_CHARACTERS, text.length);
    if (end < text.length) {
      const lineEnd = text.lastIndexOf('\n', end - 1) + 1;
      // A line stays whole where it is no longer than a piece; a surrogate pair stays together.
      if (lineEnd > start) end = lineEnd;
      else if (isLowSurrogate(text.charCodeAt(end))) end -= 1;
    }
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
};

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * Cuts output where a line ends, so that lines of two streams do not mix within each other. Carriage returns stay,
 * for they draw progress bars. Whole lines that come together stay together, up to a bound.
 */
export const splitOutput = (held: HeldOutput, chunk: string): SplitOutput => {
  const text = held + chunk;
  const lineEnd = text.lastIndexOf('\n') + 1;
  const rest = text.slice(lineEnd);
  const whole = inPieces(text.slice(0, lineEnd));
  return rest.length < LONGEST_PIECE_CHARACTERS
    ? { ready: whole, held: rest }
    : { ready: [...whole, ...inPieces(rest)], held: '' };
};
