import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runLogged } from '../terminal/run-logged.ts';
import { skipped, step } from '../terminal/steps.ts';
import type { Home } from './home.ts';
import { lastLines } from './last-lines.ts';

const shownLines = 12;

/** Runs the first example with the real client on the running platform, and prints what came back. */
export const runHello = async (home: Home): Promise<void> => {
  const example = join(home.checkout, 'examples/hello.py');
  if (!existsSync(example)) return skipped('Hello', 'examples/hello.py is not there');
  const log = join(home.logs, 'hello.log');
  await step('Hello', async (say) => {
    say('modal run examples/hello.py');
    await runLogged('sh', ['-c', '. "$1" && exec modal run "$2"', 'sh', home.environmentFile, example], {
      log,
      folder: home.checkout,
    });
  });
  const printed = lastLines(log, shownLines).split('\n');
  const began = printed.findLastIndex((line) => line.startsWith('$ '));
  for (const line of printed.slice(began + 1)) console.log(`      ${line}`);
};
