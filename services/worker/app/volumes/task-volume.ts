import type { VolumeMount } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { MountedVolume } from './mounted-volume.js';
import { leftOutFiles } from './left-out-files.js';
import { volumeFolderInside } from './link-volumes.js';

const COMMIT_EVERY_MS = 5_000;
/** How long a container's end waits for its last commit. */
const LAST_COMMIT_MS = 120_000;

export type TaskVolumeEvents = Readonly<{
  /** The paths that programs of the container have open. */
  openPaths: () => Promise<readonly string[]>;
  onWarning: (message: string, error: unknown) => void;
  /** Programs of the container are told, in words. */
  tell: (message: string) => void;
}>;

/** A volume in one container: when it is committed, and when it may be reloaded. */
export class TaskVolume {
  private readonly timer: NodeJS.Timeout | undefined;
  private committing: Promise<void> | undefined;
  private toldLeftOut: ReadonlySet<string> = new Set();

  constructor(
    private readonly mount: VolumeMount,
    private readonly mounted: MountedVolume,
    private readonly events: TaskVolumeEvents,
  ) {
    if (mount.access === 'write' && mount.commits === 'background')
      this.timer = setInterval(() => this.commitInBackground(), COMMIT_EVERY_MS);
  }

  get volumeId(): VolumeMount['volumeId'] {
    return this.mount.volumeId;
  }

  /**
   * Publishes, and shows what others published meanwhile unless something is open.
   * Throws RefusedError where files had to be left out; all else is published then.
   */
  async commit(): Promise<void> {
    const leftOut = await this.mounted.commit('asked');
    this.tellLeftOut(leftOut);
    if (leftOut.length > 0) throw new RefusedError(leftOutFiles(leftOut));
    if ((await this.openPath()) === undefined) this.tellLeftOut(await this.mounted.reload());
  }

  /** Throws RefusedError while a program has something open: its file must not change under its hands. */
  async reload(): Promise<void> {
    if ((await this.openPath()) !== undefined)
      // The client looks for these words, and says itself which file it is.
      throw new RefusedError(
        refuse('conflict', 'volume-files-open', 'there are open files preventing the operation'),
      );
    this.tellLeftOut(await this.mounted.reload());
  }

  /** Commits what is left, if that is this volume's way, and unmounts. Answers what was lost, if anything was. */
  async close(): Promise<Error | undefined> {
    clearInterval(this.timer);
    const lost = this.timer === undefined ? undefined : await this.lastCommit();
    await this.mounted.close();
    return lost;
  }

  private async lastCommit(): Promise<Error | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`the last commit took longer than ${LAST_COMMIT_MS / 1000} s`)),
        LAST_COMMIT_MS,
      );
    });
    try {
      const leftOut = await Promise.race([this.mounted.commit('asked'), tooLate]);
      return leftOut.length === 0 ? undefined : new Error(leftOutFiles(leftOut).message);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      clearTimeout(timer);
    }
  }

  private commitInBackground(): void {
    this.committing ??= this.mounted
      .commit('background')
      .then((leftOut) => this.tellLeftOut(leftOut))
      .catch((error: unknown) => this.events.onWarning('a background commit failed', error))
      .finally(() => (this.committing = undefined));
  }

  /** Once for each file, however often it is tried. */
  private tellLeftOut(paths: readonly string[]): void {
    const news = paths.filter((path) => !this.toldLeftOut.has(path));
    if (news.length > 0) this.events.tell(`Volume ${this.volumeId}: ${leftOutFiles(news).message}`);
    this.toldLeftOut = new Set(paths);
  }

  private async openPath(): Promise<string | undefined> {
    const folder = volumeFolderInside(this.mount.volumeId);
    const paths = await this.events.openPaths();
    return paths.find((path) => path === folder || path.startsWith(`${folder}/`));
  }
}
