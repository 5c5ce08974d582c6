import { checkHeader, checkRow, type Finding } from '@slipway/billing-core';
import { UsageError } from '../terminal/parse-arguments.ts';
import { openFocusFile } from './open-focus-file.ts';

const MOST_SHOWN = 100;

/** Whether files keep the rules of FOCUS, row by row: what breaks one is named; 1 where something does. */
export const checkFiles = async (paths: readonly string[]): Promise<number> => {
  if (paths.length === 0) throw new UsageError('FILE is missing');
  let broken = 0;
  for (const path of paths) {
    let rows = 0;
    let found = 0;
    const tell = ({ row, column, rule, message }: Finding): void => {
      found += 1;
      if (found <= MOST_SHOWN)
        console.log(`${path}: ${row === 0 ? 'header' : `row ${row}`}, ${column}: ${message} [${rule}]`);
    };
    const file = await openFocusFile(path);
    checkHeader(file.columns).forEach(tell);
    for await (const cells of file.rows) {
      rows += 1;
      checkRow(rows, cells).forEach(tell);
    }
    if (found > MOST_SHOWN) console.log(`${path}: and ${found - MOST_SHOWN} more`);
    console.log(`${path}: ${rows} rows, ${found === 0 ? 'all rules kept' : `${found} rules broken`}`);
    broken += found;
  }
  return broken === 0 ? 0 : 1;
};
