import type { FoundCompose } from './find-compose.ts';

/** Where the platform runs: as processes of this machine, or in containers of a Docker engine, and why there. */
export type Way =
  Readonly<{ kind: 'here' }> | Readonly<{ kind: 'docker'; compose: readonly string[]; because: string }>;

export type Situation = Readonly<{
  /** `--docker`. */
  asked: boolean;
  /** It ran in Docker when it was last brought up, or runs as processes now. */
  before: 'docker' | 'here' | undefined;
  /** Packages that processes of this machine would need, and that are not there. */
  missing: readonly string[];
  canInstall: boolean;
  compose: FoundCompose;
}>;

/** Processes of this machine where they can run, else Docker; the way once taken is kept. Throws where there is neither. */
export const chooseWay = ({ asked, before, missing, canInstall, compose }: Situation): Way => {
  const needed = missing.join(' ');
  const possible = missing.length === 0 || canInstall;
  if (before === 'here' && asked)
    throw new Error(
      'the platform runs as processes of this machine; ./tools/down ends them, then --docker can follow',
    );
  if (before === 'here' || (possible && !asked && before === undefined)) return { kind: 'here' };
  if ('words' in compose)
    return { kind: 'docker', compose: compose.words, because: reasonOf(asked, before, needed) };
  if (asked || possible) throw new Error(`the platform is to run in Docker, and ${compose.missing}`);
  throw new Error(
    `these are missing: ${needed}\nOnly root on Debian or Ubuntu can have them installed by ./tools/up; ` +
      `install them yourself, or start Docker, where the platform can run as well (now ${compose.missing})`,
  );
};

const reasonOf = (asked: boolean, before: Situation['before'], needed: string): string => {
  if (asked) return '--docker';
  return before === 'docker' ? 'as before' : `missing here: ${needed}`;
};
