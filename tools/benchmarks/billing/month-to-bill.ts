import type { UsageMonth } from './usage-month.ts';

export type MonthToBill = UsageMonth &
  Readonly<{
    databaseUrl: string;
    /** Where the export goes. */
    folder: string;
  }>;

/** What a process that billed a month found out about itself. */
export type BilledMonth = Readonly<{
  /** From facts to a durable ledger, the making of the facts included. */
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
