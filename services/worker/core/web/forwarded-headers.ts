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
const OWN = 'x-slipway-';
/** They decide where a message ends and goes; no Connection header may take them away. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'host']);

export const headerPairs = (flat: FlatHeaders): readonly (readonly [name: string, value: string])[] =>
  Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at]!, flat[2 * at + 1]!] as const);

/**
 * Headers for the next hop: without those of this hop, those that `Connection` names, and the platform's own, which neither
 * side may say in the platform's name. `Transfer-Encoding` stays, for it says that a body follows.
 */
export const forwardedHeaders = (flat: FlatHeaders): string[] => {
  const named = namedByConnection(flat);
  const kept: string[] = [];
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at]!;
    const key = name.toLowerCase();
    if (HOP_HEADERS.has(key) || key.startsWith(OWN) || named.has(key)) continue;
    kept.push(name, flat[at + 1]!);
  }
  return kept;
};

/** Trailers for the next hop. What says how a message is framed comes too late there, and HTTP/2 refuses it. */
export const forwardedTrailers = (flat: FlatHeaders): string[] =>
  headerPairs(forwardedHeaders(flat))
    .filter(([name]) => !NOT_IN_TRAILERS.has(name.toLowerCase()))
    .flat();

const NOT_IN_TRAILERS = new Set([...FRAMING, 'te']);
const NONE: ReadonlySet<string> = new Set();

/** What `Connection` names beside itself; nothing for most requests. */
const namedByConnection = (flat: FlatHeaders): ReadonlySet<string> => {
  let named: Set<string> | undefined;
  for (let at = 0; at < flat.length; at += 2) {
    if (flat[at]!.length !== CONNECTION.length || flat[at]!.toLowerCase() !== CONNECTION) continue;
    for (const token of flat[at + 1]!.split(',')) {
      const key = token.trim().toLowerCase();
      if (!FRAMING.has(key)) (named ??= new Set()).add(key);
    }
  }
  return named ?? NONE;
};

const CONNECTION = 'connection';
