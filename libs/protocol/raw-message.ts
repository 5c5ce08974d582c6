import { BinaryReader } from '@bufbuild/protobuf/wire';

/**
 * A message with some fields set anew, every other byte kept, unknown fields included.
 *
 * `overrides` is the encoding of the fields to set: of two values for one field the later counts, maps merge, nested
 * messages merge, and repeated fields grow. To replace a repeated field, drop it first.
 */
export const withFields = (raw: Uint8Array, overrides: Uint8Array): Buffer => Buffer.concat([raw, overrides]);

/** A message without the fields of these numbers, every other byte kept. Throws on bytes that are no message. */
export const withoutFields = (raw: Uint8Array, fieldNumbers: readonly number[]): Buffer => {
  const reader = new BinaryReader(raw);
  const kept: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [fieldNumber, wireType] = reader.tag();
    reader.skip(wireType, fieldNumber);
    if (!fieldNumbers.includes(fieldNumber)) kept.push(raw.subarray(start, reader.pos));
  }
  return Buffer.concat(kept);
};
