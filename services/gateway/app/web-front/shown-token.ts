import type { IncomingHttpHeaders } from 'node:http';

export type ShownToken = Readonly<{ tokenId: string; secret: string }>;

const BEARER = /^Bearer (wk-[^.\s]+)\.(ws-\S+)$/i;

/** A token in `Modal-Key` and `Modal-Secret`, or in `Authorization` or `Proxy-Authorization` as `Bearer wk-….ws-…`. */
export const shownToken = (headers: IncomingHttpHeaders): ShownToken | undefined => {
  const tokenId = one(headers['modal-key']);
  const secret = one(headers['modal-secret']);
  if (tokenId !== undefined && secret !== undefined) return { tokenId, secret };
  return readBearer(headers.authorization) ?? readBearer(headers['proxy-authorization']);
};

/** The proxy token in the value of a header, if it is one. */
export const readBearer = (value: string | undefined): ShownToken | undefined => {
  const [, tokenId, secret] = BEARER.exec(value ?? '') ?? [];
  return tokenId === undefined || secret === undefined ? undefined : { tokenId, secret };
};

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
