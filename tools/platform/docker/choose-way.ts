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
  /** Workers isolate containers, which only root may; servers and services alone run as anybody. */
  mayIsolate: boolean;
  compose: FoundCompose;
}>;

/** Processes of this machine where they can run, else Docker; the way once taken is kept. Throws where there is neither. */
export const chooseWay = (situation: Situation): Way => {
  const { asked, before, missing, canInstall, mayIsolate, compose } = situation;
  const possible = mayIsolate && (missing.length === 0 || canInstall);
  if (before === 'here' && asked)
    throw new Error(
      'the platform runs as processes of this machine; ./tools/down ends them, then --docker can follow',
    );
  if (before === 'here' || (possible && !asked && before === undefined)) return { kind: 'here' };
  if ('words' in compose) return { kind: 'docker', compose: compose.words, because: reasonOf(situation) };
  if (asked || possible) throw new Error(`the platform is to run in Docker, and ${compose.missing}`);
  if (!mayIsolate)
    throw new Error(
      `workers isolate containers, which only root may: be root, or start Docker, where the platform ` +
        `can run as well (now ${compose.missing})`,
    );
  throw new Error(
    `these are missing: ${missing.join(' ')}\nOnly root on Debian or Ubuntu can have them installed by ./tools/up; ` +
      `install them yourself, or start Docker, where the platform can run as well (now ${compose.missing})`,
  );
};

const reasonOf = ({ asked, before, missing, mayIsolate }: Situation): string => {
  if (asked) return '--docker';
  if (before === 'docker') return 'as before';
  return mayIsolate ? `missing here: ${missing.join(' ')}` : 'workers need root';
};
