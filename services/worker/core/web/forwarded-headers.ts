/** Name, value, name, value … as they came, in order and with repeats. */
export type FlatHeaders = readonly string[];

/** What counts for one connection alone (RFC 9110, section 7.6.1). */
const HOP_HEADERS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'expect',
  'http2-settings',
]);
const OWN_HEADER = /^x-slipway-/;

export const headerPairs = (flat: FlatHeaders): readonly (readonly [name: string, value: string])[] =>
  Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at]!, flat[2 * at + 1]!] as const);

/**
 * Headers for the next hop: without those of this hop, those that `Connection` names, and the platform's own, which neither
 * side may say in the platform's name. `Transfer-Encoding` stays, for it says that a body follows.
 */
export const forwardedHeaders = (flat: FlatHeaders): string[] => {
  const pairs = headerPairs(flat).map(([name, value]) => ({ name, value, key: name.toLowerCase() }));
  const named = new Set(
    pairs
      .filter(({ key }) => key === 'connection')
      .flatMap(({ value }) => value.split(',').map((token) => token.trim().toLowerCase())),
  );
  // Content-Length and Host decide where a message ends and goes; no Connection header may take them away.
  for (const framing of ['content-length', 'transfer-encoding', 'host']) named.delete(framing);
  return pairs
    .filter(({ key }) => !HOP_HEADERS.has(key) && !named.has(key) && !OWN_HEADER.test(key))
    .flatMap(({ name, value }) => [name, value]);
};
