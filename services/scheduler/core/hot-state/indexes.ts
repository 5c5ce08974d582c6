import type { FunctionId, InputId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { QueuedInput } from '../input/input.state.js';
import { InputQueue } from './input-queue.js';

// How the indexes of the hot state grow and shrink: a key of which nothing is left is in none of them.

export const inMap = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

export const outOfMap = <Key, Item>(map: Map<Key, Set<Item>>, key: Key, item: Item): void => {
  const set = map.get(key);
  set?.delete(item);
  if (set?.size === 0) map.delete(key);
};

export const count = <Key>(map: Map<Key, number>, key: Key, by: number): void => {
  const sum = (map.get(key) ?? 0) + by;
  if (sum === 0) map.delete(key);
  else map.set(key, sum);
};

type Queues = Map<FunctionId, InputQueue>;

export const enqueue = (
  queues: Queues,
  functionId: FunctionId,
  { inputId, availableAt }: QueuedInput,
  at: Instant,
): void => inMap(queues, functionId, () => new InputQueue()).add(inputId, availableAt, at);

export const dequeue = (queues: Queues, functionId: FunctionId, inputId: InputId): void => {
  const queue = queues.get(functionId);
  queue?.remove(inputId);
  if (queue?.size === 0) queues.delete(functionId);
};
