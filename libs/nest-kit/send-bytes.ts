const PIECE_BYTES = 256 * 1024;

/**
 * Has bytes sent in pieces and answered, and ends that where for `silenceMs` no more of them are taken and nothing is answered:
 * a connection may be gone without a word, and a large body on a slow one takes its time.
 */
export const sendBytes = async <Answer>(
  bytes: Buffer,
  silenceMs: number,
  send: (init: RequestInit) => Promise<Answer>,
): Promise<Answer> => {
  const silent = new AbortController();
  const why = new Error(`the blob-store took nothing and said nothing for ${silenceMs} ms`);
  const timer = setTimeout(() => silent.abort(why), silenceMs);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      timer.refresh();
      yield bytes.subarray(from, from + PIECE_BYTES);
    }
  }
  try {
    return await send({ body: pieces(), duplex: 'half', signal: silent.signal });
  } finally {
    clearTimeout(timer);
  }
};
