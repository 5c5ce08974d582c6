import type { AnswerOf, AskOf } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';

/** Each file takes its time, and there may be hundreds of thousands. */
const TIMEOUT_MS = 120_000;

export const deleteVolume = (
  bus: Bus,
  order: AskOf<'blob-store.delete-volume'>,
): Promise<AnswerOf<'blob-store.delete-volume'>> =>
  bus.request('blob-store.delete-volume', order, { timeoutMs: TIMEOUT_MS });
