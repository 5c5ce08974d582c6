import { Writable } from 'node:stream';

/**
 * A stream into a child's stdin that takes everything even when the child stops reading:
 * tar ends at its end marker and leaves the padding behind it unread, which is no failure.
 */
export const feedProcess = (stdin: Writable): Writable => {
  let open = true;
  stdin.on('error', () => (open = false));
  stdin.on('close', () => (open = false));
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!open || stdin.write(chunk)) return done();
      const go = (): void => {
        stdin.off('drain', go);
        stdin.off('close', go);
        done();
      };
      stdin.once('drain', go);
      stdin.once('close', go);
    },
    final(done) {
      stdin.end();
      done();
    },
  });
};
