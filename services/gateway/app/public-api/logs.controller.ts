import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Req, Res, StreamableFile, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LogLine } from '@slipway/gateway-core';
import { refuse, RefusedError } from '@slipway/kernel';
import { BUS } from '@slipway/nest-kit';
import type { Bus } from '@slipway/messaging';
import { readTimeRange } from '../client-protocol/logs/read-time-range.js';
import { followLines, lastLogSequence } from '../logs/follow-lines.js';
import type { LogHistory } from '../logs/log-history.js';
import { findLogSource, type LogSource } from '../logs/log-source.js';
import { FairTurns } from '../streams/fair-turns.js';
import { unlessStalled } from '../streams/unless-stalled.js';
import { LOG_HISTORY } from '../tokens.js';
import { HttpCallerGuard, type HttpRequest } from './http-caller.guard.js';
import { IdParam } from './list-query.js';
import { logFilterOf, LogsQuery } from './logs-query.js';
import { lookInto } from './look-into.js';
import { momentOf } from './moment.js';

/** Followers stay as long as they like, and each holds a few MiB at worst. */
const FOLLOWERS = { atOnce: 1_000, ofOneKey: 100 };

const TOO_MANY = refuse(
  'exhausted',
  'too-many-followers',
  `${FOLLOWERS.ofOneKey} readers of this workspace follow logs already; end one, or ask without follow.`,
);

type Reply = Readonly<{ raw: Readonly<{ once(event: 'close', listener: () => void): unknown }> }>;

const JSON_LINES = 'application/jsonl';

const dateOf = (name: string, text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(momentOf(name, text));

const jsonLine = ({ at, stream, data, functionId, taskId, callId, inputId }: LogLine): string => {
  const ids = { function: functionId, container: taskId, call: callId, input: inputId };
  return `${JSON.stringify({ at: new Date(at).toISOString(), stream, text: data, ...ids })}\n`;
};

/** What an app's containers said, as JSON lines. */
@ApiTags('logs')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1')
export class LogsController {
  private readonly followers = new FairTurns(FOLLOWERS);

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOG_HISTORY) private readonly history: LogHistory,
  ) {}

  @Get('apps/:id/logs')
  @ApiOperation({ summary: 'What the containers of an app said, in the order in which they said it' })
  @ApiOkResponse({
    description:
      'One JSON object a line: `at`, `stream`, `text`, `function`, `container`, and where they are known `call` and `input`',
    content: { [JSON_LINES]: { schema: { type: 'string' } } },
  })
  async logs(
    @Req() request: HttpRequest,
    @Param() { id }: IdParam,
    @Query() query: LogsQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const gone = new AbortController();
    const cancelled = gone.signal;
    reply.raw.once('close', () => gone.abort());
    const caller = request.caller!;
    const source = await findLogSource(this.bus, caller.workspaceId, id, logFilterOf(query));
    lookInto(caller, source.app.environment);
    const range = readTimeRange(dateOf('since', query.since), dateOf('until', query.until), Date.now());
    const lastSequence = await lastLogSequence(this.bus);
    const past = await this.history.newest({ source, range, cancelled }, query.limit, lastSequence);
    const texts = query.follow ? this.textsToCome(source, lastSequence, cancelled) : [];
    const answer = concatenated([past.map(jsonLine).join('')], texts);
    const body = Readable.from(unlessStalled(answer, () => body.destroy()));
    body.once('close', () => gone.abort());
    return new StreamableFile(body, { type: JSON_LINES });
  }

  /** Throws RefusedError for one follower too many. */
  private textsToCome(source: LogSource, afterSequence: number, gone: AbortSignal): AsyncIterable<string> {
    const end = this.followers.takeNow(source.app.workspaceId);
    if (end === undefined) throw new RefusedError(TOO_MANY);
    if (gone.aborted) end();
    else gone.addEventListener('abort', end, { once: true });
    return this.followed(source, afterSequence, gone);
  }

  private async *followed(source: LogSource, afterSequence: number, gone: AbortSignal) {
    for await (const lines of followLines(this.bus, source, afterSequence, gone))
      yield lines.map(jsonLine).join('');
  }
}

async function* concatenated(...parts: readonly (Iterable<string> | AsyncIterable<string>)[]) {
  for (const part of parts) yield* part;
}
