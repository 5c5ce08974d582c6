import { zstdCompressSync } from 'node:zlib';
import { COLUMN_PLACES, FOCUS_COLUMNS, FOCUS_VERSION, type FocusColumn } from '@slipway/billing-core';
import { ByteWriter, ParquetWriter, type Writer } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { RowSink, WriteBytes } from './row-sink.js';

/** DECIMAL columns: costs fit 64 bits, quantities and prices need more. */
const COST: Partial<SchemaElement> = { type: 'INT64', converted_type: 'DECIMAL', precision: 18 };
const WIDE: Partial<SchemaElement> = {
  type: 'FIXED_LEN_BYTE_ARRAY',
  type_length: 16,
  converted_type: 'DECIMAL',
  precision: 38,
};

const typeOf = (kind: FocusColumn['kind']): Partial<SchemaElement> => {
  switch (kind) {
    case 'cost':
      return { ...COST, scale: COLUMN_PLACES.cost };
    case 'quantity':
    case 'price':
      return { ...WIDE, scale: COLUMN_PLACES[kind] };
    case 'moment':
      return { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
    case 'text':
    case 'json':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    default:
      return kind satisfies never;
  }
};

const SCHEMA: SchemaElement[] = [
  { name: 'focus', num_children: FOCUS_COLUMNS.length },
  ...FOCUS_COLUMNS.map(({ name, kind, nulls }): SchemaElement => ({
    name,
    repetition_type: nulls ? 'OPTIONAL' : 'REQUIRED',
    ...typeOf(kind),
  })),
];

/** Columns of which hardly two cells are the same: no dictionary is tried for them, and no reader skips by their bounds. */
const ALL_DIFFERENT: ReadonlySet<string> = new Set(['x_ChargeId', 'x_LedgerEntryId']);
const DIFFERENT = { encoding: 'PLAIN', statistics: false } as const;

/** Each write is a row group, compressed with zstd and gone from memory; the same rows make the same bytes. */
export const parquetSink = (write: WriteBytes): RowSink => {
  const bytes = new ByteWriter();
  const flush = async (): Promise<void> => {
    await write(bytes.getBytes());
    bytes.index = 0;
  };
  const writer: Writer = Object.assign(bytes, { flush, finish: flush });
  const parquet = new ParquetWriter({
    writer,
    schema: SCHEMA,
    codec: 'ZSTD',
    compressors: { ZSTD: (page) => zstdCompressSync(page) },
    createdBy: 'slipway',
    kvMetadata: [{ key: 'FOCUS', value: FOCUS_VERSION }],
  });
  return {
    write: async (rows) => {
      if (rows.length === 0) return;
      await parquet.write({
        columnData: FOCUS_COLUMNS.map(({ name, kind }) => ({
          name,
          data: rows.map((row) => row[name]),
          ...(kind === 'quantity' || ALL_DIFFERENT.has(name) ? DIFFERENT : {}),
        })),
        rowGroupSize: rows.length,
      });
    },
    end: async () => parquet.finish(),
  };
};
