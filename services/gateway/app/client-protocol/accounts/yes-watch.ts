import { setTimeout as pause } from 'node:timers/promises';
import { refuse, RefusedError } from '@slipway/kernel';

const LOOK_EACH_MS = 500;
/** A client waits once; its broken connection may wait beside it for a while. */
const MOST_WAITS_OF_A_FLOW = 4;

type Wake = () => void;

/** Waits for answers to requests for tokens: one look at the table for all of this process, and none where nobody waits. */
export class YesWatch {
  private readonly rooms = new Map<string, Set<Wake>>();
  private looks = false;

  /** `stillOpen` tells which of these requests still wait for somebody's yes. */
  constructor(
    private readonly stillOpen: (flowIds: readonly string[]) => Promise<ReadonlySet<string>>,
    private readonly lookEachMs = LOOK_EACH_MS,
  ) {}

  /** Resolves once the request is answered or over, at `untilMs`, or when `cancelled` fires. Throws RefusedError where too many wait for it. */
  news(flowId: string, untilMs: number, cancelled: AbortSignal): Promise<void> {
    const room = this.rooms.get(flowId) ?? new Set<Wake>();
    if (room.size >= MOST_WAITS_OF_A_FLOW)
      throw new RefusedError(
        refuse(
          'exhausted',
          'token-flow-waits',
          `${room.size} clients wait for this token already: end them, or run \`modal token new\` again.`,
        ),
      );
    return new Promise<void>((resolve) => {
      const timer = setTimeout(() => end(), Math.max(0, untilMs - Date.now()));
      const end = (): void => {
        if (!room.delete(end)) return;
        clearTimeout(timer);
        cancelled.removeEventListener('abort', end);
        if (room.size === 0) this.rooms.delete(flowId);
        resolve();
      };
      cancelled.addEventListener('abort', end);
      this.rooms.set(flowId, room.add(end));
      if (cancelled.aborted) end();
      else void this.lookWhileAnyWaits();
    });
  }

  private async lookWhileAnyWaits(): Promise<void> {
    if (this.looks) return;
    this.looks = true;
    for (;;) {
      await pause(this.lookEachMs);
      if (this.rooms.size === 0) break;
      const flowIds = [...this.rooms.keys()];
      // Where the look fails, those who wait look themselves, and tell their clients what is wrong.
      const open = await this.stillOpen(flowIds).catch(() => new Set<string>());
      for (const flowId of flowIds)
        if (!open.has(flowId)) for (const wake of [...(this.rooms.get(flowId) ?? [])]) wake();
    }
    this.looks = false;
  }
}
