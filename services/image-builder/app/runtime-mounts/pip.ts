import type { Environment } from '@slipway/nest-kit';
import { CommandFailedError, runCommand } from '../site/command.js';
import { nearestVersion } from '@slipway/image-builder-core';

/** The host's pip, with the host's own settings: where packages come from is this site's business. */
export class Pip {
  constructor(
    private readonly python: string,
    private readonly hostEnv: Environment,
  ) {}

  /** Downloads one distribution as a wheel, without what it needs. */
  async download(requirement: string, folder: string): Promise<void> {
    await this.run(['download', '--no-deps', '--only-binary=:all:', '--dest', folder, requirement]);
  }

  /**
   * Unpacks pinned wheels for another Python than the host's. A pin that the index has not is replaced
   * by the version nearest to it, which is said through `onReplaced`.
   */
  async unpackInto(
    folder: string,
    pins: readonly string[],
    target: readonly string[],
    onReplaced: (said: string) => void,
  ): Promise<void> {
    let wanted = [...pins];
    for (;;) {
      try {
        await this.run([
          'install',
          '--no-deps',
          '--no-compile',
          '--only-binary=:all:',
          '--target',
          folder,
          ...target,
          ...wanted,
        ]);
        return;
      } catch (error) {
        const missing = error instanceof CommandFailedError ? missingPin(error.output) : undefined;
        if (!missing || !wanted.includes(`${missing.name}==${missing.version}`)) throw error;
        const nearest = nearestVersion(missing.version, missing.available);
        if (nearest === undefined) throw error;
        onReplaced(
          `${missing.name} ${missing.version} is not on the package index, ${nearest} is taken in its place`,
        );
        wanted = wanted.map((pin) =>
          pin === `${missing.name}==${missing.version}` ? `${missing.name}==${nearest}` : pin,
        );
      }
    }
  }

  /** Unpacks wheels of a list that names each one's hashes: anything else than these bytes is refused. */
  async unpackHashed(folder: string, listFile: string, target: readonly string[]): Promise<void> {
    await this.run([
      'install',
      '--no-deps',
      '--no-compile',
      '--only-binary=:all:',
      '--require-hashes',
      '--target',
      folder,
      ...target,
      '--requirement',
      listFile,
    ]);
  }

  private async run(args: readonly string[]): Promise<string> {
    return runCommand(this.python, ['-m', 'pip', '--disable-pip-version-check', ...args], {
      env: { ...this.hostEnv, PIP_BREAK_SYSTEM_PACKAGES: '1', PIP_ROOT_USER_ACTION: 'ignore' },
    });
  }
}

/** What pip says of a version that an index has not, and which ones it has. */
export const missingPin = (
  output: string,
): Readonly<{ name: string; version: string; available: readonly string[] }> | undefined => {
  const match =
    /Could not find a version that satisfies the requirement (\S+?)==(\S+) \(from versions: ([^)]*)\)/.exec(
      output,
    );
  return match
    ? { name: match[1] ?? '', version: match[2] ?? '', available: (match[3] ?? '').split(', ') }
    : undefined;
};
