import { runQuietly } from '../../terminal/run-quietly.ts';

/** The words that run Docker Compose; or why nobody can. */
export type FoundCompose = Readonly<{ words: readonly string[] }> | Readonly<{ missing: string }>;

/** Looks for a Docker engine that answers, and for Compose 2 or newer beside it. */
export const findCompose = async (): Promise<FoundCompose> => {
  const engine = await runQuietly('docker', ['info', '--format', '{{.ServerVersion}}']);
  if (!engine.ok) return { missing: 'no Docker engine answers' };
  if ((await runQuietly('docker', ['compose', 'version'])).ok) return { words: ['docker', 'compose'] };
  // As a command of its own it may be version 1, which knows neither conditions nor health.
  const alone = await runQuietly('docker-compose', ['version', '--short']);
  if (alone.ok && !/^v?1\./.test(alone.printed)) return { words: ['docker-compose'] };
  return { missing: 'a Docker engine answers, but there is no Docker Compose 2 (docker compose version)' };
};
