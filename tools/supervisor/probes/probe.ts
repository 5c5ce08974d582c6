import type { Probe } from '../process-spec.ts';
import { probeHttp } from './probe-http.ts';
import { probePostgres } from './probe-postgres.ts';
import { probeRedis } from './probe-redis.ts';

const timeoutMs = 1_000;

/** Asks a process whether it can serve: `ready`, or why not. Never throws. */
export const askProbe = async (probe: Probe): Promise<string> => {
  try {
    switch (probe.kind) {
      case 'http':
        return await probeHttp(probe.url, timeoutMs);
      case 'postgres':
        return await probePostgres(probe.port, timeoutMs);
      case 'redis':
        return await probeRedis(probe.port, probe.password, timeoutMs);
      case 'running':
        return 'ready';
    }
  } catch (error) {
    return reasonOf(error);
  }
};

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED')
    return 'does not listen yet';
  if (cause instanceof Error && cause.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  return cause instanceof Error ? cause.message : String(cause);
};
