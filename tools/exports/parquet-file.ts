import { zstdDecompressSync } from 'node:zlib';
import type { Cells } from '@slipway/billing-core';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from 'hyparquet';
import type { FocusFile } from './focus-file.ts';

/** Reads a Parquet file, row group by row group; decimals as the exact texts that they are. */
export const parquetFile = async (path: string): Promise<FocusFile> => {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const columns = metadata.schema.slice(1);
  const texts = new Map(columns.map((column) => [column.name, textOf(column)]));
  // Left as they are stored: the library would make floating-point numbers of them.
  const raw = metadata.schema.map(({ converted_type, logical_type, ...column }): SchemaElement => ({
    ...column,
    ...(converted_type === 'UTF8' ? { converted_type } : {}),
    ...(logical_type?.type === 'STRING' ? { logical_type } : {}),
  }));
  const read = async function* (): AsyncGenerator<Cells> {
    let rowStart = 0;
    for (const { num_rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(num_rows);
      const rows = await parquetReadObjects({
        file,
        metadata: { ...metadata, schema: raw },
        compressors: { ZSTD: (bytes, length) => sized(zstdDecompressSync(bytes), length) },
        rowStart,
        rowEnd,
      });
      for (const row of rows)
        yield Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, texts.get(name)?.(value) ?? null]),
        );
      rowStart = rowEnd;
    }
  };
  return { columns: columns.map(({ name }) => name), rows: read() };
};

const sized = (bytes: Uint8Array, length: number): Uint8Array => {
  if (bytes.length !== length) throw new Error(`a page has ${bytes.length} bytes, but says ${length}`);
  return bytes;
};

const textOf = ({
  converted_type,
  logical_type,
  scale = 0,
}: SchemaElement): ((value: unknown) => string | null) => {
  const isMoment = converted_type === 'TIMESTAMP_MILLIS' || logical_type?.type === 'TIMESTAMP';
  return (value) => {
    if (value === null || value === undefined) return null;
    if (converted_type === 'DECIMAL') return decimal(value as bigint | number | Uint8Array, scale);
    if (isMoment) return `${new Date(Number(value)).toISOString().slice(0, 19)}Z`;
    return String(value);
  };
};

const decimal = (value: bigint | number | Uint8Array, scale: number): string => {
  const units = value instanceof Uint8Array ? bigEndian(value) : BigInt(value);
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${fraction}`}`;
};

const bigEndian = (bytes: Uint8Array): bigint =>
  BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
