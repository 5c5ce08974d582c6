import { closeSync } from 'node:fs';
import { mkdir, open, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import type { Digest } from '@slipway/contracts';
import { tryCommand } from '../command/run-command.js';
import { OUT_HEADER_BYTES } from '../fuse/connection.js';
import { mountFuse } from '../fuse/mount-fuse.js';
import { invalidate } from '../fuse/notifications.js';
import { refuseRead, replyToRead } from '../fuse/read-reply.js';
import type { BlockCache } from './block-cache.js';
import { fillSegments, type TakenSegment } from './fill-segments.js';
import { publishPlan } from './publish-plan.js';
import type { Told } from './thread-messages.js';
import { Turns } from '../turns.js';
import type { VolumeSource } from './volume-source.js';
import { VolumeThread } from './volume-thread.js';

const THREAD_PROGRAM = new URL('./volume.thread.js', import.meta.url);

export type MountVolume = Readonly<{
  name: string;
  source: VolumeSource;
  /** Made here; what programs write lies beside it. */
  folder: string;
  access: 'read' | 'write';
  cache: BlockCache;
  stagingLimitBytes: number;
  /** Something broke that programs see as an input/output error. */
  onFault: (message: string) => void;
  /** It no longer answers: programs get errors from now on. */
  onLost: (why: Error) => void;
  threadProgram?: URL;
}>;

/** A volume that is mounted on this host, served by a thread of its own. */
export class MountedVolume {
  private readonly thread: VolumeThread;
  private readonly turns = new Turns(1);
  private readonly lostBlocks = new Set<Digest>();
  private notices = Promise.resolve();
  private state: 'serving' | 'closing' | 'gone' = 'serving';

  private constructor(
    private readonly how: MountVolume,
    private readonly descriptor: number,
    private readonly staging: FileHandle,
    private version: number,
    entries: Awaited<ReturnType<VolumeSource['read']>>['entries'],
  ) {
    this.thread = new VolumeThread(
      how.threadProgram ?? THREAD_PROGRAM,
      how.folder,
      {
        descriptor,
        entries,
        mostPathBytes: how.source.mostPathBytes,
        stagingFile: stagingFileOf(how.folder),
        stagingLimitBytes: how.stagingLimitBytes,
        blocksFolder: how.cache.folder,
      },
      { onTold: (told) => this.hear(told), onGone: (why) => this.lose(why) },
    );
  }

  static async mount(how: MountVolume): Promise<MountedVolume> {
    await mkdir(how.folder, { recursive: true, mode: 0o755 });
    const { version, entries } = await how.source.read();
    const staging = await open(stagingFileOf(how.folder), 'w+', 0o600);
    try {
      const descriptor = await mountFuse(how);
      return new MountedVolume(how, descriptor, staging, version, entries);
    } catch (error) {
      await staging.close();
      await removeMountFolder(how.folder);
      throw error;
    }
  }

  /**
   * Publishes what programs wrote; answers, when it is durable, the files that were left out because a block of them is lost.
   * Those stay as they are here; `background` does not look for their blocks again.
   */
  commit(how: 'asked' | 'background'): Promise<readonly string[]> {
    return this.turns.run(() => this.commitInTurn(how));
  }

  /** Makes the newest version visible; what was written here is committed before, and answered as by `commit`. */
  reload(): Promise<readonly string[]> {
    return this.turns.run(async () => {
      const leftOut = await this.commitInTurn('asked');
      const { version, ...changes } = await this.how.source.read(this.version);
      if (version === this.version) return leftOut;
      const forgotten = await this.thread.ask({ ask: 'apply', changes });
      this.notices = invalidate(this.descriptor, forgotten, () => this.state === 'serving');
      await this.notices;
      this.version = version;
      return leftOut;
    });
  }

  /** Unmounts; what was not committed is gone. */
  async close(): Promise<void> {
    if (this.state === 'serving') {
      this.state = 'closing';
      // A notice on its way would go to whatever has this descriptor's number next.
      await this.notices.catch(() => undefined);
      await this.thread.stop();
      // With the last descriptor of the connection closed, nobody can hang on it.
      closeSync(this.descriptor);
    }
    await this.staging.close();
    await removeMountFolder(this.how.folder);
  }

  private async commitInTurn(how: 'asked' | 'background'): Promise<readonly string[]> {
    if (this.how.access === 'read') return [];
    const plan = await this.thread.ask({ ask: 'begin-commit' });
    if (plan === undefined) return [];
    const { source, cache } = this.how;
    if (how === 'asked') this.lostBlocks.clear();
    try {
      const { blocks, leftOut } = await publishPlan(
        plan,
        { source, cache, staging: this.staging },
        this.lostBlocks,
      );
      await this.thread.ask({ ask: 'end-commit', result: { blocks } });
      return leftOut;
    } catch (error) {
      await this.thread.ask({ ask: 'end-commit', result: 'failed' }).catch(() => undefined);
      throw error;
    }
  }

  private hear(told: Exclude<Told, { tell: 'answer' }>): void {
    switch (told.tell) {
      case 'missed':
        void this.replyLater(told.request, told.segments);
        return;
      case 'ahead':
        // Nobody waits for these; who needs one asks for it again.
        for (const digest of told.digests) void this.how.cache.require(digest).catch(() => undefined);
        return;
      case 'fault':
        this.how.onFault(told.message);
        return;
      default:
        told satisfies never;
    }
  }

  private async replyLater(request: number, segments: readonly TakenSegment[]): Promise<void> {
    const { cache, onFault } = this.how;
    const lengthBytes = segments.reduce((sum, segment) => sum + segment.lengthBytes, 0);
    const reply = Buffer.allocUnsafe(OUT_HEADER_BYTES + lengthBytes);
    try {
      await fillSegments(segments, reply.subarray(OUT_HEADER_BYTES), { cache, staging: this.staging });
    } catch (error) {
      onFault(error instanceof Error ? error.message : String(error));
      if (this.state === 'serving') refuseRead(this.descriptor, request, constants.errno.EIO);
      return;
    }
    // A descriptor that was closed may be another file's by now.
    if (this.state === 'serving') replyToRead(this.descriptor, request, reply);
  }

  private lose(why: Error): void {
    if (this.state !== 'serving') return;
    this.state = 'gone';
    closeSync(this.descriptor);
    this.how.onLost(why);
  }
}

const stagingFileOf = (folder: string): string => `${folder}.staging`;

/** Takes a mount away, dead or alive. Never removes what is in it: rmdir takes an empty folder only. */
export const removeMountFolder = async (folder: string): Promise<void> => {
  await tryCommand('umount', ['-l', folder]);
  await rm(stagingFileOf(folder), { force: true });
  await rmdir(folder).catch(() => undefined);
  await rmdir(dirname(folder)).catch(() => undefined);
};
