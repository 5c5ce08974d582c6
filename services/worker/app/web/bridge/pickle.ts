/** A Python tuple; a plain array becomes a list. */
export class Tuple {
  constructor(readonly items: readonly Picklable[]) {}
}

export type Picklable =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | Tuple
  | readonly Picklable[]
  | { readonly [key: string]: Picklable };

/** Opcodes of pickle protocol 3, which every Python that the client runs on can read (PEP 3154 names them all). */
const OP = {
  proto3: Buffer.from([0x80, 3]),
  mark: Buffer.from('('),
  tuple: Buffer.from('t'),
  emptyList: Buffer.from(']'),
  appends: Buffer.from('e'),
  emptyDict: Buffer.from('}'),
  setItems: Buffer.from('u'),
  none: Buffer.from('N'),
  true: Buffer.from([0x88]),
  false: Buffer.from([0x89]),
  stop: Buffer.from('.'),
} as const;

const sized = (opcode: string, bytes: Uint8Array): readonly Uint8Array[] => {
  const head = Buffer.alloc(5);
  head.write(opcode, 'latin1');
  head.writeUInt32LE(bytes.length, 1);
  return [head, bytes];
};

const integer = (value: number): Uint8Array => {
  if (!Number.isInteger(value) || Math.abs(value) > 0x7fff_ffff)
    throw new RangeError(`${value} cannot be pickled: it must be a whole number of at most 31 bits`);
  const bytes = Buffer.alloc(5);
  bytes.write('J', 'latin1');
  bytes.writeInt32LE(value, 1);
  return bytes;
};

const parts = (value: Picklable): readonly Uint8Array[] => {
  if (value === null) return [OP.none];
  if (typeof value === 'string') return sized('X', Buffer.from(value));
  if (typeof value === 'number') return [integer(value)];
  if (typeof value === 'boolean') return [value ? OP.true : OP.false];
  if (value instanceof Uint8Array) return sized('B', value);
  if (value instanceof Tuple) return [OP.mark, ...value.items.flatMap(parts), OP.tuple];
  if (Array.isArray(value))
    return [OP.emptyList, OP.mark, ...(value as readonly Picklable[]).flatMap(parts), OP.appends];
  const entries = Object.entries(value).flatMap(([key, item]) => [...parts(key), ...parts(item)]);
  return [OP.emptyDict, OP.mark, ...entries, OP.setItems];
};

/** Bytes from which Python's `pickle.loads` makes the same value. Nothing of it can name a class or call anything. */
export const pickle = (value: Picklable): Buffer => Buffer.concat([OP.proto3, ...parts(value), OP.stop]);
