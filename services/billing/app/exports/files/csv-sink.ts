import { csvHeader, csvLine } from '@slipway/billing-core';
import type { RowSink, WriteBytes } from './row-sink.js';

/** UTF-8, RFC 4180: a header, then a line for each row. */
export const csvSink = async (write: WriteBytes): Promise<RowSink> => {
  await write(Buffer.from(csvHeader()));
  return {
    write: (rows) => write(Buffer.from(rows.map(csvLine).join(''))),
    end: () => Promise.resolve(),
  };
};
