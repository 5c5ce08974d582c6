/** How many bytes one READ or WRITE carries at most. */
export const MOST_BYTES_PER_REQUEST = 1024 * 1024;
export const IN_HEADER_BYTES = 40;
export const OUT_HEADER_BYTES = 16;
/** The kernel refuses to read into less than its largest request with its headers. */
export const REQUEST_BUFFER_BYTES = MOST_BYTES_PER_REQUEST + 64 * 1024;
export const REPLY_BUFFER_BYTES = MOST_BYTES_PER_REQUEST + 4096;

const HIGH = 2 ** 32;

/** Numbers of 64 bits, which stay below 2^53 in all that we exchange. */
export const readU64 = (buffer: Buffer, at: number): number =>
  buffer.readUInt32LE(at) + buffer.readUInt32LE(at + 4) * HIGH;

export const writeU64 = (buffer: Buffer, at: number, value: number): void => {
  buffer.writeUInt32LE(value % HIGH, at);
  buffer.writeUInt32LE(Math.floor(value / HIGH), at + 4);
};

/** The header in front of every reply: its length, an errno (0: none), and the request that it answers. */
export const writeOutHeader = (
  buffer: Buffer,
  { lengthBytes, errno, request }: Readonly<{ lengthBytes: number; errno: number; request: number }>,
): void => {
  buffer.writeUInt32LE(lengthBytes, 0);
  buffer.writeInt32LE(-errno, 4);
  writeU64(buffer, 8, request);
};
