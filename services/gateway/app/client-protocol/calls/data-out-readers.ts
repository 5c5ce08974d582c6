import { EventEmitter, once } from 'node:events';
import type { CallId } from '@slipway/contracts';

export type DataOutReader = {
  /** The last index that was handed to the client. */
  lastIndex: number;
};

/** How far those have come, at this gateway, who read what calls yield. */
export class DataOutReaders {
  private readonly readers = new Map<CallId, Set<DataOutReader>>();
  private readonly changes = new EventEmitter().setMaxListeners(0);

  open(callId: CallId, lastIndex: number): DataOutReader {
    const reader = { lastIndex };
    const ofCall = this.readers.get(callId) ?? new Set();
    this.readers.set(callId, ofCall.add(reader));
    this.changes.emit(callId);
    return reader;
  }

  advance(callId: CallId, reader: DataOutReader, lastIndex: number): void {
    reader.lastIndex = lastIndex;
    this.changes.emit(callId);
  }

  close(callId: CallId, reader: DataOutReader): void {
    const ofCall = this.readers.get(callId);
    ofCall?.delete(reader);
    if (ofCall?.size === 0) this.readers.delete(callId);
    this.changes.emit(callId);
  }

  /** Settles when somebody reads the call, or time is over. */
  async opened(callId: CallId, over: AbortSignal): Promise<void> {
    while (!this.readers.has(callId) && !over.aborted) await this.change(callId, over);
  }

  /** Settles when nobody who reads the call is behind `index`, or time is over. */
  async reached(callId: CallId, index: number, over: AbortSignal): Promise<void> {
    while (this.isBehind(callId, index) && !over.aborted) await this.change(callId, over);
  }

  private async change(callId: CallId, over: AbortSignal): Promise<void> {
    await once(this.changes, callId, { signal: over }).catch(() => undefined);
  }

  private isBehind(callId: CallId, index: number): boolean {
    return [...(this.readers.get(callId) ?? [])].some(({ lastIndex }) => lastIndex < index);
  }
}
