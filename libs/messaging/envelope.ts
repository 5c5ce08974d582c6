import type { Refusal } from '@slipway/kernel';

/** How an answer travels: the value, a refusal, or the message of a fault in the answering service. */
export type Envelope =
  Readonly<{ value: unknown }> | Readonly<{ refusal: Refusal }> | Readonly<{ fault: string }>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const encode = (body: unknown): Uint8Array => encoder.encode(JSON.stringify(body));

export const decode = (bytes: Uint8Array): unknown => JSON.parse(decoder.decode(bytes));
