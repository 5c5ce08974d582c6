import { isShownFull, oneLeft, pauseOver, saidBusy, type ShownRoom } from '@slipway/gateway-core';
import type { TaskId } from '@slipway/contracts';

type BusyTask = Readonly<{ room: ShownRoom; pausing?: NodeJS.Timeout }>;

/** The containers of a function that said that they are busy, and when they may be asked again. */
export class BusyTasks {
  private readonly byTask = new Map<TaskId, BusyTask>();

  constructor(private readonly onPauseOver: () => void) {}

  isFull(taskId: TaskId, inside: number): boolean {
    return isShownFull(this.byTask.get(taskId)?.room, inside);
  }

  refused(taskId: TaskId, inside: number): void {
    const known = this.byTask.get(taskId);
    const room = saidBusy(known?.room, inside, this.byTask.size);
    this.byTask.set(taskId, { room, pausing: known?.pausing ?? this.pause(taskId, room) });
  }

  left(taskId: TaskId): void {
    const known = this.byTask.get(taskId);
    if (known === undefined) return;
    const room = oneLeft(known.room);
    if (room === undefined) this.forget(taskId);
    else if (room.pauseMs < known.room.pauseMs) {
      clearTimeout(known.pausing);
      this.byTask.set(taskId, { room, pausing: this.pause(taskId, room) });
    }
  }

  forgetAllBut(taskIds: ReadonlySet<TaskId>): void {
    for (const taskId of this.byTask.keys()) if (!taskIds.has(taskId)) this.forget(taskId);
  }

  private forget(taskId: TaskId): void {
    clearTimeout(this.byTask.get(taskId)?.pausing);
    this.byTask.delete(taskId);
  }

  private pause(taskId: TaskId, { pauseMs }: ShownRoom): NodeJS.Timeout {
    return setTimeout(() => {
      const known = this.byTask.get(taskId);
      if (known !== undefined) this.byTask.set(taskId, { room: pauseOver(known.room) });
      this.onPauseOver();
    }, pauseMs).unref();
  }
}
