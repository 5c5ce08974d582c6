import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { RefusedError } from '@slipway/kernel';
import { LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { isPassingTrouble } from '../passing-trouble.js';
import { REFUSAL_STATUS } from '../refusal-status.js';

/** RFC 9457. `type` is a stable name of the problem, relative to the API's own address. */
export type Problem = Readonly<{ type: string; title: string; status: number; detail: string }>;

type Reply = {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  type(mime: string): Reply;
  send(body: unknown): unknown;
};

/** A 429 that says when to come again. */
export class RateLimitedError extends RefusedError {
  constructor(
    refusal: RefusedError['refusal'],
    readonly retryAfterSeconds: number,
  ) {
    super(refusal);
  }
}

const named = (code: string, status: number, detail: string): Problem => ({
  type: `/problems/${code}`,
  title: code.replaceAll('-', ' '),
  status,
  detail,
});

const detailOf = (error: HttpException): string => {
  const body = error.getResponse();
  const message = typeof body === 'object' && 'message' in body ? body.message : error.message;
  return Array.isArray(message) ? message.join('; ') : String(message);
};

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'request-invalid',
  404: 'not-found',
  405: 'method-not-allowed',
};

export const problemOf = (error: unknown): Problem => {
  if (error instanceof RefusedError)
    return named(error.refusal.code, REFUSAL_STATUS[error.refusal.refused].http, error.message);
  if (error instanceof HttpException)
    return named(STATUS_NAMES[error.getStatus()] ?? 'request-failed', error.getStatus(), detailOf(error));
  if (isPassingTrouble(error))
    return named('part-away', 503, 'A part of the server is starting or away; try again in a moment.');
  return named('internal', 500, 'The server failed on this request; its log says why.');
};

/** Every error of the HTTP side becomes a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error({ err: error }, 'request failed');
    const reply = host.switchToHttp().getResponse<Reply>();
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    if (error instanceof RateLimitedError) reply.header('retry-after', String(error.retryAfterSeconds));
    reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
