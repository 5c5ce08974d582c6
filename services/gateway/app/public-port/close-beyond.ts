import { constants, type ServerHttp2Stream } from 'node:http2';

/** Ends a stream that sends more than so many bytes. Whoever reads it goes on doing so: this only counts. */
export const closeBeyond = (stream: ServerHttp2Stream, mostBytes: number): void => {
  let bytes = 0;
  const wasPaused = stream.isPaused();
  stream.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > mostBytes) stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  });
  if (wasPaused) stream.pause();
};
