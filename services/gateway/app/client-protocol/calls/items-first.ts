import { setTimeout as pause } from 'node:timers/promises';
import { DATA_OUT_STREAM, dataOutSubject, type CallId, type DataChunkMessage } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { DataOutReaders } from './data-out-readers.js';

/** A client asks for items and outcomes at once, and either may come first. */
const READER_COMES_MS = 500;
/** How long a failure waits for a client that reads slowly. */
const LONGEST_MS = 5_000;
/** Clients take items and outcomes as they come in, from two answers: this much keeps them apart. */
const APART_MS = 50;

/**
 * Waits until those who read what a call yields have all of it that was yielded before now. A client that hears of a failure
 * reads no further, so items that were yielded before would be lost to it.
 */
export const itemsFirst = async (bus: Bus, readers: DataOutReaders, callId: CallId): Promise<void> => {
  const index = await lastYielded(bus, callId);
  if (index === 0) return;
  await readers.opened(callId, AbortSignal.timeout(READER_COMES_MS));
  await readers.reached(callId, index, AbortSignal.timeout(LONGEST_MS));
  await pause(APART_MS);
};

const lastYielded = async (bus: Bus, callId: CallId): Promise<number> => {
  try {
    const { streams } = await bus.connection.jetstreamManager();
    const last = await streams.getMessage(DATA_OUT_STREAM, { last_by_subj: dataOutSubject(callId) });
    return last.json<DataChunkMessage>().index;
  } catch {
    // Nothing was yielded, or the bus is away: a failure is told in any case.
    return 0;
  }
};
