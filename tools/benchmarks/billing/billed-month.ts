import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { UsageMonth } from './usage-month.ts';

export type MonthToBill = UsageMonth &
  Readonly<{
    databaseUrl: string;
    /** Where the export goes. */
    folder: string;
  }>;

/** What a process that billed a month found out about itself. */
export type BilledMonth = Readonly<{
  /** From facts to a durable ledger. */
  seconds: number;
  /** Of the process, the making of the facts included. */
  cpuSeconds: number;
  closeSeconds: number;
  invoices: number;
  /** From the ledger to files on the disk. */
  exportSeconds: number;
  exportedRows: number;
  charges: number;
  billedMicroUsd: string;
  /** What the ledger's postings add up to. */
  unbalancedMicroUsd: string;
  /** The most memory that it had until all was booked, until all was closed, and until its end. */
  bookedMiB: number;
  closedMiB: number;
  peakMiB: number;
}>;

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
