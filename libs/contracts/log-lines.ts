/** What history counts and shows as one: a line with its end, or the rest of a write that had none. */
export const logLines = (data: string): readonly string[] => {
  const lines: string[] = [];
  for (let start = 0; start < data.length;) {
    const end = data.indexOf('\n', start) + 1 || data.length;
    lines.push(data.slice(start, end));
    start = end;
  }
  return lines;
};

export const countLogLines = (data: string): number => {
  let count = 0;
  for (let start = 0; start < data.length; count += 1) start = data.indexOf('\n', start) + 1 || data.length;
  return count;
};

/** The header of a message of LOGS that says how many lines are in it, so that they are counted without being read. */
export const LINE_COUNTS_HEADER = 'Slipway-Lines';

type Stream = 'stdout' | 'stderr' | 'info';
/** Lines of one second, by stream. */
export type LineCounts = Readonly<{ second: number }> & Readonly<Record<Stream, number>>;

/** `second:stdout.stderr.info`, with a comma between seconds. */
export const writeLineCounts = (counts: readonly LineCounts[]): string =>
  counts.map(({ second, stdout, stderr, info }) => `${second}:${stdout}.${stderr}.${info}`).join(',');

export const readLineCounts = (header: string): readonly LineCounts[] =>
  header === ''
    ? []
    : header.split(',').map((part) => {
        const [second = 0, stdout = 0, stderr = 0, info = 0] = part.split(/[:.]/).map(Number);
        return { second, stdout, stderr, info };
      });

/** The lines of some output by the second in which they were written. */
export const lineCountsOf = (
  entries: Iterable<Readonly<{ at: number; stream: Stream; data: string }>>,
): readonly LineCounts[] => {
  const counts = new Map<number, Record<Stream, number>>();
  for (const { at, stream, data } of entries) {
    const second = Math.floor(at / 1000);
    const ofSecond = counts.get(second) ?? { stdout: 0, stderr: 0, info: 0 };
    ofSecond[stream] += countLogLines(data);
    counts.set(second, ofSecond);
  }
  return [...counts].map(([second, ofSecond]) => ({ second, ...ofSecond }));
};
