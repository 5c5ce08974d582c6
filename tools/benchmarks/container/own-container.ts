import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from '../../terminal/run-quietly.ts';
import { begunThings } from '../begun-things.ts';
import type { CapturedContainer, OciConfig } from './captured-container.ts';

export type RuntimeName = 'runsc' | 'runc';
export type Runtime = Readonly<{ name: RuntimeName; path: string }>;

export type OwnContainerOptions = Readonly<{
  runtime: Runtime;
  /** Where its files lie while it exists. */
  folder: string;
  /** In place of the captured program. */
  args?: readonly string[];
  /** A folder of the host in place of the worker's control folder. */
  controlFolder?: string;
  /** Whether the program makes sockets in that folder; without it, it only opens those that are there. */
  makesSockets?: boolean;
}>;

const controlDestination = '/run/slipway';

/** A container like a captured one on a root of its own, started by hand and served by no worker. */
export class OwnContainer {
  readonly #id = `bench-${randomBytes(6).toString('hex')}`;
  readonly #captured: CapturedContainer;
  readonly #options: OwnContainerOptions;
  #child: ChildProcess | undefined;
  #errors = '';
  #takeBack: (() => Promise<void>) | undefined;

  constructor(captured: CapturedContainer, options: OwnContainerOptions) {
    this.#captured = captured;
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Lays the root: the same folders under a writable one in memory. From here on an interruption removes the container. */
  async prepare(): Promise<void> {
    const { folder } = this.#options;
    this.#takeBack = begunThings.note(() => this.#endAndClear());
    for (const name of ['disk', 'root', 'l', 'state']) mkdirSync(join(folder, name), { recursive: true });
    await this.#mustRun('mount', ['-t', 'tmpfs', 'tmpfs', join(folder, 'disk')]);
    for (const name of ['upper', 'work']) mkdirSync(join(folder, 'disk', name));
    // The kernel takes one page of options: short names.
    this.#captured.lowerFolders.forEach((lower, place) =>
      symlinkSync(lower, join(folder, 'l', String(place))),
    );
    const lower = this.#captured.lowerFolders.map((_, place) => `l/${place}`).join(':');
    const options = `lowerdir=${lower},upperdir=disk/upper,workdir=disk/work`;
    await this.#mustRun('sh', ['-c', `cd "$1" && mount -t overlay overlay -o ${options} root`, 'sh', folder]);
    writeFileSync(join(folder, 'config.json'), JSON.stringify(this.#config()));
  }

  /** Milliseconds from the start of the runtime to the first output of the program. */
  async startUntilFirstOutput(): Promise<number> {
    const began = performance.now();
    const child = this.start();
    return new Promise((done, fail) => {
      child.stdout!.once('data', () => done(performance.now() - began));
      child.once('close', (code) =>
        fail(
          new Error(`${this.#options.runtime.name} exited with code ${code}: ${this.#errors.slice(-1_000)}`),
        ),
      );
    });
  }

  /** Starts the program; its output is read and forgotten unless somebody listens. */
  start(): ChildProcess {
    const { runtime, folder } = this.#options;
    const child = spawn(runtime.path, [...this.#flags(), 'run', '--bundle', folder, this.#id], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child = child;
    child.once('error', (error) => (this.#errors += error.message));
    child.stdout.resume();
    child.stderr.on('data', (chunk: Buffer) => (this.#errors = `${this.#errors}${chunk}`.slice(-4_000)));
    return child;
  }

  /** Ends the program and takes all of it away. */
  async remove(): Promise<void> {
    await this.#takeBack?.();
  }

  async #endAndClear(): Promise<void> {
    const { runtime, folder } = this.#options;
    await runQuietly(runtime.path, [...this.#flags(), 'delete', '--force', this.#id]);
    await runQuietly('umount', ['--lazy', join(folder, 'root')]);
    await runQuietly('umount', ['--lazy', join(folder, 'disk')]);
    rmSync(folder, { recursive: true, force: true });
  }

  #flags(): string[] {
    const { runtime, folder, makesSockets = false } = this.#options;
    const root = ['--root', join(folder, 'state')];
    if (runtime.name === 'runc') return root;
    return [
      ...[...root, '--platform', 'systrap', '--network', 'none', '--ignore-cgroups'],
      ...['--host-uds', makesSockets ? 'all' : 'open', '--overlay2', 'none', '--file-access', 'exclusive'],
    ];
  }

  #config(): OciConfig {
    const { config } = this.#captured;
    const { folder, args, controlFolder, makesSockets = false } = this.#options;
    const root = join(folder, 'root');
    const moved = config.mounts.flatMap((mount) => {
      if (mount.destination === '/tmp') return [{ ...mount, source: join(root, 'tmp') }];
      if (mount.destination !== controlDestination) return [mount];
      if (controlFolder === undefined) return [];
      const options = makesSockets ? mount.options?.filter((option) => option !== 'ro') : mount.options;
      return [{ ...mount, source: controlFolder, ...(options && { options }) }];
    });
    const { cgroupsPath: _path, resources: _resources, seccomp: _seccomp, ...linux } = config.linux;
    return {
      ...config,
      root: { ...config.root, path: root },
      process: { ...config.process, args: args ?? config.process.args },
      mounts: moved,
      linux: {
        ...linux,
        // What the worker lends from its host is not there: a network of its own, with nothing in it.
        namespaces: linux.namespaces.map(({ type }) => ({ type })),
      },
    };
  }

  async #mustRun(command: string, words: readonly string[]): Promise<void> {
    const { ok, output } = await runQuietly(command, words);
    if (!ok) throw new Error(`${command} ${words.join(' ')}: ${output}`);
  }
}
