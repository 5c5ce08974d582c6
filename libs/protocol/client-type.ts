import { ClientType } from './generated/workspace.js';

const known = new Set<number>(Object.values(ClientType).filter((value) => typeof value === 'number'));

/** Reads the value of `x-modal-client-type`, a decimal number; what is missing or unknown is UNSPECIFIED. */
export const readClientType = (text: string | undefined): ClientType => {
  const value = Number(text ?? ClientType.UNSPECIFIED);
  return known.has(value) ? value : ClientType.UNSPECIFIED;
};

/** JavaScript and Go cannot read pickles; they want CBOR payloads and the single-upload fields of BlobCreate. */
export const speaksOnlyCbor = (type: ClientType): boolean =>
  type === ClientType.LIBMODAL || type === ClientType.LIBMODAL_JS || type === ClientType.LIBMODAL_GO;
