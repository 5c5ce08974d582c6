import { setTimeout as pause } from 'node:timers/promises';

export type VendorHttpOptions = Readonly<{
  baseUrl: string;
  /** Sent as `authorization: Bearer …`, and never written down. */
  key: string;
  /** The least time between two requests: the vendor's own limit. */
  spacingMs: number;
  firstRetryMs?: number;
  answerWithinMs?: number;
}>;

/** A vendor's no, or its silence after all tries; `status` 0 where nothing answered. */
export class VendorRequestError extends Error {
  constructor(
    readonly request: string,
    readonly status: number,
    readonly body: unknown,
    detail: string,
  ) {
    super(`${request}: ${detail}`);
    this.name = 'VendorRequestError';
  }
}

const TRIES = 4;
const LONGEST_WAIT_MS = 60_000;

/**
 * JSON over HTTPS as vendors' APIs want it: spaced by their limit; 429, 5xx and silence are tried again with waits that double,
 * or that the vendor names. What must not happen twice is tried once: whether it happened is then for the next listing to say.
 */
export class VendorHttp {
  private turn: Promise<unknown> = Promise.resolve();
  private freeAt = 0;

  constructor(private readonly options: VendorHttpOptions) {}

  async ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    { body, repeat }: Readonly<{ body?: unknown; repeat: 'may-repeat' | 'once' }>,
  ): Promise<unknown> {
    const request = `${method} ${path}`;
    for (let attempt = 1; ; attempt += 1) {
      await this.spaced();
      const answer = await this.send(method, path, body);
      if (answer.ok) return answer.body;
      // 429 is a no before anything was done.
      const mayTryAgain =
        answer.status === 429 || (repeat === 'may-repeat' && (answer.status === 0 || answer.status >= 500));
      if (!mayTryAgain || attempt === TRIES)
        throw new VendorRequestError(request, answer.status, answer.body, answer.detail);
      const ownWaitMs = (this.options.firstRetryMs ?? 1_000) * 2 ** (attempt - 1);
      await pause(Math.min(LONGEST_WAIT_MS, answer.retryAfterMs ?? ownWaitMs));
    }
  }

  /** Waits for this request's turn. */
  private spaced(): Promise<void> {
    const turn = this.turn.then(async () => {
      const waitMs = this.freeAt - Date.now();
      if (waitMs > 0) await pause(waitMs);
      this.freeAt = Date.now() + this.options.spacingMs;
    });
    this.turn = turn;
    return turn;
  }

  private async send(method: string, path: string, body: unknown): Promise<Answer> {
    const { baseUrl, key, answerWithinMs = 30_000 } = this.options;
    try {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        signal: AbortSignal.timeout(answerWithinMs),
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const retryAfterS = Number(response.headers.get('retry-after') ?? NaN);
      return {
        ...{ ok: response.ok, status: response.status, body: parsed(text) },
        detail: `the vendor answered ${response.status} ${text.slice(0, 500)}`,
        ...(Number.isFinite(retryAfterS) ? { retryAfterMs: retryAfterS * 1_000 } : {}),
      };
    } catch (error) {
      return { ok: false, status: 0, body: undefined, detail: `the vendor did not answer: ${String(error)}` };
    }
  }
}

type Answer = Readonly<{ ok: boolean; status: number; body: unknown; detail: string; retryAfterMs?: number }>;

const parsed = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};
