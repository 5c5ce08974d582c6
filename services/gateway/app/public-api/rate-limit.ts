import { refuse } from '@slipway/kernel';
import type { Redis } from 'ioredis';
import { RateLimitedError } from './problem.filter.js';

const WINDOW_SECONDS = 60;
const MOST_IN_WINDOW = 600;

/** At most 600 requests a minute for each token. Where Redis is away, nobody is turned down. */
export class RateLimit {
  constructor(private readonly redis: Redis) {}

  /** Counts a request. Throws RateLimitedError when it is one too many. */
  async count(tokenId: string, atMs: number): Promise<void> {
    const atSeconds = Math.floor(atMs / 1000);
    const key = `gateway:requests:${tokenId}:${Math.floor(atSeconds / WINDOW_SECONDS)}`;
    const counted = await this.redis
      .multi()
      .incr(key)
      .expire(key, WINDOW_SECONDS)
      .exec()
      .catch(() => undefined);
    if (Number(counted?.[0]?.[1] ?? 0) <= MOST_IN_WINDOW) return;
    const retryAfterSeconds = WINDOW_SECONDS - (atSeconds % WINDOW_SECONDS);
    throw new RateLimitedError(
      refuse(
        'exhausted',
        'rate-limited',
        `More than ${MOST_IN_WINDOW} requests in a minute with this token; come again in ${retryAfterSeconds} s.`,
      ),
      retryAfterSeconds,
    );
  }
}
