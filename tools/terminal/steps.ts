import { styleText } from 'node:util';
import { durationText } from './duration-text.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 100;

/** Says what a step is doing now, or what came of it. */
export type Say = (text: string) => void;

let drawing: NodeJS.Timeout | undefined;

/** Stops the line of the running step from moving, and takes it off the terminal. */
export const clearStep = (): void => {
  if (drawing) process.stdout.write('\r\x1b[K');
  clearInterval(drawing);
  drawing = undefined;
};

/** Runs one step of a longer work: one line on the terminal, with a tick, what came of it, and the time it took. */
export const step = async <T>(title: string, work: (say: Say) => Promise<T>): Promise<T> => {
  const began = performance.now();
  let detail = '';
  let frame = 0;
  const lively = process.stdout.isTTY && process.env['TERM'] !== 'dumb';
  const draw = (): void => {
    const text = `  ${frames[frame++ % frames.length]} ${title}${detail && `  ${detail}`}`;
    process.stdout.write(`\r\x1b[K${text.slice(0, (process.stdout.columns ?? 80) - 1)}`);
  };
  drawing = lively ? setInterval(draw, frameMs) : undefined;
  const end = (mark: string): void => {
    clearStep();
    const time = styleText('dim', durationText(performance.now() - began));
    const said = detail && styleText('dim', detail);
    process.stdout.write(`  ${mark} ${[title.padEnd(18), said, time].filter(Boolean).join('  ')}\n`);
  };
  try {
    const result = await work((text) => (detail = text));
    end(styleText('green', '✓'));
    return result;
  } catch (error) {
    detail = '';
    end(styleText('red', '✗'));
    throw error;
  }
};

/** A line for something that was left out, with its reason. */
export const skipped = (title: string, reason: string): void =>
  console.log(`  ${styleText('yellow', '–')} ${title.padEnd(18)}  ${styleText('dim', reason)}`);
