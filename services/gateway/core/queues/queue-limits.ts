import { refuse, type Refusal } from '@slipway/kernel';

export const MOST_ITEMS = 5_000;
export const MOST_PARTITIONS = 100_000;
const MOST_ITEM_BYTES = 1024 * 1024;
const MOST_PUT_BYTES = 64 * 1024 * 1024;
const MOST_KEY_BYTES = 64;
const LONGEST_LIFE_SECONDS = 7 * 24 * 3600;
const USUAL_LIFE_SECONDS = 24 * 3600;

/** One answer's worth of items; who asks for more gets the rest by asking again. */
export const MOST_ANSWER_BYTES = 64 * 1024 * 1024;

const tooLarge = (what: string): Refusal => refuse('invalid', 'put-too-large', what);

/** Undefined where one put may bring items of these sizes; clients know a size refusal by `status = '413'`. */
export const refuseQueuePut = (itemBytes: readonly number[]): Refusal | undefined => {
  const largest = itemBytes.findIndex((bytes) => bytes > MOST_ITEM_BYTES);
  if (largest >= 0)
    return tooLarge(
      `Item ${largest} has ${itemBytes[largest]} bytes, which is too large (status = '413'): at most ${MOST_ITEM_BYTES} fit in an item.`,
    );
  if (itemBytes.length > MOST_ITEMS)
    return tooLarge(
      `A put of ${itemBytes.length} items is too large (status = '413'): a partition holds at most ${MOST_ITEMS}.`,
    );
  const bytes = itemBytes.reduce((sum, one) => sum + one, 0);
  return bytes > MOST_PUT_BYTES
    ? tooLarge(
        `A put of ${bytes} bytes is too large (status = '413'): put at most ${MOST_PUT_BYTES} at once.`,
      )
    : undefined;
};

export const refusePartitionKey = (keyBytes: number): Refusal | undefined =>
  keyBytes > MOST_KEY_BYTES
    ? refuse(
        'invalid',
        'partition-key-too-long',
        `The partition's key has ${keyBytes} bytes, but must have at most ${MOST_KEY_BYTES}.`,
      )
    : undefined;

export const queueFull = (items: number): Refusal =>
  refuse(
    'exhausted',
    'queue-full',
    `The partition holds ${items} of at most ${MOST_ITEMS} items: no room for these until some are taken.`,
  );

export const tooManyPartitions = (): Refusal =>
  refuse(
    'invalid',
    'too-many-partitions',
    `The queue has ${MOST_PARTITIONS} partitions, and may not have more.`,
  );

/** How long a partition outlives its last put; 0 = a day. */
export const partitionLifeMs = (ttlSeconds: number): number | Refusal => {
  if (ttlSeconds < 0 || ttlSeconds > LONGEST_LIFE_SECONDS)
    return refuse(
      'invalid',
      'partition-ttl-invalid',
      `partition_ttl is ${ttlSeconds} s, but must be between 1 and ${LONGEST_LIFE_SECONDS} s (7 days).`,
    );
  return (ttlSeconds || USUAL_LIFE_SECONDS) * 1000;
};

/** How many of these items, the oldest first, make one answer: all that fit, and never none where there is one. */
export const itemsInAnswer = (itemBytes: readonly number[]): number => {
  let sum = 0;
  for (const [index, bytes] of itemBytes.entries()) {
    sum += bytes;
    if (sum > MOST_ANSWER_BYTES) return Math.max(index, 1);
  }
  return itemBytes.length;
};
