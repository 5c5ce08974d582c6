import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MountFile } from '@slipway/contracts';
import type { Compiler } from './compiler-of.js';

/** Parts of a mount that the platform brings: the client and its dependencies. */
const COMPILED_FOLDERS = ['/pkg/', '/__modal/deps/', '/__slipway/lane/'];

/** Whether a mount has Python files that every container imports. */
export const isWorthCompiling = (files: readonly MountFile[]): boolean =>
  files.some(
    ({ filename }) =>
      filename.endsWith('.py') && COMPILED_FOLDERS.some((folder) => filename.startsWith(folder)),
  );

/** The name of what a compiler makes of a mount: of letters, digits and hyphens, the same for the same two. */
export const bytecodeName = (checksum: string, { layers, path }: Compiler): string => {
  const compiler = createHash('sha256')
    .update(JSON.stringify([...layers, path]))
    .digest('hex');
  return `${checksum.slice(0, 32)}-${compiler.slice(0, 32)}`;
};

/** Compiled Python files by mount and by what compiled them, each as a folder that lies on top of its mount. */
export class BytecodeStore {
  /** What is being compiled, or could not be. */
  private readonly claimed = new Set<string>();

  constructor(private readonly folder: string) {}

  /** The folder for a mount and a compiler, if it has been made. */
  find(checksum: string, compiler: Compiler): string | undefined {
    const folder = this.folderOf(checksum, compiler);
    return existsSync(folder) ? folder : undefined;
  }

  /** Whether the asker should compile: true once per mount and compiler, and once more when what was made has been removed. */
  claim(checksum: string, compiler: Compiler): boolean {
    const folder = this.folderOf(checksum, compiler);
    if (this.claimed.has(folder) || existsSync(folder)) return false;
    this.claimed.add(folder);
    return true;
  }

  /** Puts a finished folder in its place. */
  async keep(
    checksum: string,
    compiler: Compiler,
    copyInto: (folder: string) => Promise<void>,
  ): Promise<void> {
    const folder = this.folderOf(checksum, compiler);
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await copyInto(partial);
    await rename(partial, folder);
    this.claimed.delete(folder);
  }

  private folderOf(checksum: string, compiler: Compiler): string {
    return join(this.folder, bytecodeName(checksum, compiler));
  }
}
