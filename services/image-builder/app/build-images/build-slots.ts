import type { WorkspaceId } from '@slipway/contracts';
import { buildsOf, nextBuild } from '@slipway/image-builder-core';

type Waiting = Readonly<{ workspaceId: WorkspaceId; start: () => void }>;

/** The places of builds that run at once, and who waits for one. */
export class BuildSlots {
  private waiting: readonly Waiting[] = [];
  private running: readonly WorkspaceId[] = [];
  private served: readonly WorkspaceId[] = [];
  private closed = false;

  constructor(private readonly total: number) {}

  /** Settles when the build has a place. `first`: before others of its workspace. Says why it waits, where it does. */
  async take(
    workspaceId: WorkspaceId,
    order: 'first' | 'last',
    onWait: (why: string) => void,
  ): Promise<void> {
    await new Promise<void>((start) => {
      const own = { workspaceId, start };
      this.waiting = order === 'first' ? [own, ...this.waiting] : [...this.waiting, own];
      this.startNext();
      if (this.waiting.includes(own)) onWait(this.whyWaits(own));
    });
  }

  release(workspaceId: WorkspaceId): void {
    const place = this.running.indexOf(workspaceId);
    this.running = this.running.filter((_, index) => index !== place);
    this.startNext();
  }

  /** Whoever waits gets no place any more. */
  close(): void {
    this.closed = true;
  }

  private startNext(): void {
    for (; !this.closed;) {
      const { total, running, served } = this;
      const next = nextBuild(this.waiting, { total, running, served });
      if (next === undefined) return;
      const { workspaceId } = next;
      this.waiting = this.waiting.filter((other) => other !== next);
      this.running = [...running, workspaceId];
      this.served = [...served.filter((other) => other !== workspaceId), workspaceId];
      next.start();
    }
  }

  private whyWaits(build: Waiting): string {
    const { workspaceId } = build;
    const before = this.waiting.slice(0, this.waiting.indexOf(build));
    const ownBefore = before.filter((other) => other.workspaceId === workspaceId).length;
    return `waiting in the queue: ${this.running.length} run (${buildsOf(workspaceId, this.running)} of this workspace), ${ownBefore} of this workspace wait before it\n`;
  }
}
