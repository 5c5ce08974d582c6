import type { TaskId } from '@slipway/contracts';

export type TakenPlace = Readonly<{
  /** Calls `act` when the container is gone with its host, unless the answered function is called before. */
  onLost: (act: () => void) => () => void;
  /** Whether it was not back yet. */
  giveBack: () => boolean;
}>;

type InTask = { count: number; lost: boolean; readonly acts: Set<() => void> };

/** The places that requests hold in containers. */
export class TakenPlaces {
  private readonly byTask = new Map<TaskId, InTask>();
  total = 0;

  get taskIds(): readonly TaskId[] {
    return [...this.byTask.keys()];
  }

  in(taskId: TaskId): number {
    return this.byTask.get(taskId)?.count ?? 0;
  }

  take(taskId: TaskId): TakenPlace {
    const inTask: InTask = this.byTask.get(taskId) ?? { count: 0, lost: false, acts: new Set() };
    this.byTask.set(taskId, inTask);
    inTask.count += 1;
    this.total += 1;
    let given = false;
    return {
      onLost: (act) => {
        if (inTask.lost) act();
        else inTask.acts.add(act);
        return () => void inTask.acts.delete(act);
      },
      giveBack: () => {
        if (given) return false;
        given = true;
        inTask.count -= 1;
        this.total -= 1;
        if (inTask.count === 0) this.byTask.delete(taskId);
        return true;
      },
    };
  }

  /** Tells all who hold a place in this container that it is gone with its host. */
  lose(taskId: TaskId): void {
    const inTask = this.byTask.get(taskId);
    if (inTask === undefined || inTask.lost) return;
    inTask.lost = true;
    for (const act of inTask.acts) act();
  }
}
