import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MountFile } from '@slipway/contracts';

/** Parts of a mount that the platform brings: the client and its dependencies. */
const COMPILED_FOLDERS = ['/pkg/', '/__modal/deps/', '/__slipway/lane/'];

/** Whether a mount has Python files that every container imports. */
export const isWorthCompiling = (files: readonly MountFile[]): boolean =>
  files.some(
    ({ filename }) =>
      filename.endsWith('.py') && COMPILED_FOLDERS.some((folder) => filename.startsWith(folder)),
  );

/** Compiled Python files by mount and Python version, each as a folder that lies on top of its mount. */
export class BytecodeStore {
  private readonly claimed = new Set<string>();

  constructor(private readonly folder: string) {}

  /** The folder for a mount under this Python, if it has been made. */
  find(checksum: string, pythonVersion: string): string | undefined {
    const folder = this.folderOf(checksum, pythonVersion);
    return existsSync(folder) ? folder : undefined;
  }

  /** Whether the asker should compile: true once per mount and Python. */
  claim(checksum: string, pythonVersion: string): boolean {
    const folder = this.folderOf(checksum, pythonVersion);
    if (this.claimed.has(folder) || existsSync(folder)) return false;
    this.claimed.add(folder);
    return true;
  }

  /** Puts a finished folder in its place. */
  async keep(
    checksum: string,
    pythonVersion: string,
    copyInto: (folder: string) => Promise<void>,
  ): Promise<void> {
    const folder = this.folderOf(checksum, pythonVersion);
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await copyInto(partial);
    await rename(partial, folder);
  }

  private folderOf(checksum: string, pythonVersion: string): string {
    return join(this.folder, `${checksum}-${pythonVersion.split('.').slice(0, 2).join('.')}`);
  }
}
