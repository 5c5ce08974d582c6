import { BinaryReader } from '@bufbuild/protobuf/wire';

/**
 * A message with some fields set anew, every other byte kept, unknown fields included.
 *
 * `overrides` is the encoding of the fields to set: of two values for one field the later counts, maps merge, nested
 * messages merge, and repeated fields grow. To replace a repeated field, drop it first.
 */
export const withFields = (raw: Uint8Array, overrides: Uint8Array): Buffer => Buffer.concat([raw, overrides]);

/** A message without the fields of these numbers, every other byte kept. Throws on bytes that are no message. */
export const withoutFields = (raw: Uint8Array, fieldNumbers: readonly number[]): Buffer =>
  Buffer.concat(
    fieldsOf(raw)
      .filter(({ fieldNumber }) => !fieldNumbers.includes(fieldNumber))
      .map(({ bytes }) => bytes),
  );

/**
 * The fields of a message in an order of their own: equal for messages that differ only in the order in which their
 * fields, map entries and repeated values were written. For comparisons, not for readers. Throws on bytes that are no message.
 */
export const inFieldOrder = (raw: Uint8Array): Buffer =>
  Buffer.concat(
    fieldsOf(raw)
      .toSorted((one, other) => one.fieldNumber - other.fieldNumber || Buffer.compare(one.bytes, other.bytes))
      .map(({ bytes }) => bytes),
  );

type Field = Readonly<{ fieldNumber: number; bytes: Uint8Array }>;

const fieldsOf = (raw: Uint8Array): readonly Field[] => {
  const reader = new BinaryReader(raw);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [fieldNumber, wireType] = reader.tag();
    reader.skip(wireType, fieldNumber);
    fields.push({ fieldNumber, bytes: raw.subarray(start, reader.pos) });
  }
  return fields;
};
