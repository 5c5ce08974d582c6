import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BilledMonth, MonthToBill } from './month-to-bill.ts';

/** Bills a month in a process of its own. */
export const billMonth = (toBill: MonthToBill): Promise<BilledMonth> =>
  new Promise((resolve, reject) => {
    const program = fileURLToPath(new URL('./bill-month.ts', import.meta.url));
    const process_ = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', program, JSON.stringify(toBill)],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] } },
    );
    let found = '';
    let trouble = '';
    process_.stdout.on('data', (bytes: Buffer) => (found += bytes.toString()));
    process_.stderr.on('data', (bytes: Buffer) => (trouble += bytes.toString()));
    process_.once('close', (code) => {
      if (code !== 0) return reject(new Error(`billing ended with ${code}: ${trouble}`));
      resolve(JSON.parse(found) as BilledMonth);
    });
  });
