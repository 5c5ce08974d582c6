import { TaskLogsBatch } from '@slipway/protocol';

const SAID_EVERY_MS = 1_000;

/**
 * How far a follower has come where a filter leaves nothing to tell it. Clients ask again from the last batch that they got: without
 * one they would begin where something last matched, and all that lies between is read anew with each poll.
 */
export class UnsaidCursor {
  private unsaid: string | undefined;
  private saidAt: number | undefined;

  /** A message was looked at, and told or not; answers a batch of nothing but its cursor, now and then. */
  saw(entryId: string, wasTold: boolean, now: number): TaskLogsBatch | undefined {
    this.saidAt ??= now;
    if (wasTold) {
      [this.unsaid, this.saidAt] = [undefined, now];
      return undefined;
    }
    this.unsaid = entryId;
    if (now - this.saidAt < SAID_EVERY_MS) return undefined;
    this.saidAt = now;
    return this.rest();
  }

  /** At the end of a poll. */
  rest(): TaskLogsBatch | undefined {
    const entryId = this.unsaid;
    this.unsaid = undefined;
    return entryId === undefined ? undefined : TaskLogsBatch.fromPartial({ entryId });
  }
}
