import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Req, StreamableFile, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LogLine } from '@slipway/gateway-core';
import { BUS } from '@slipway/nest-kit';
import type { Bus } from '@slipway/messaging';
import { readTimeRange } from '../client-protocol/logs/read-time-range.js';
import { followLines, lastLogSequence } from '../logs/follow-lines.js';
import type { LogHistory } from '../logs/log-history.js';
import { findLogSource, type LogSource } from '../logs/log-source.js';
import { LOG_HISTORY } from '../tokens.js';
import { HttpCallerGuard, type HttpRequest } from './http-caller.guard.js';
import { IdParam } from './list-query.js';
import { logFilterOf, LogsQuery } from './logs-query.js';
import { lookInto } from './look-into.js';
import { momentOf } from './moment.js';

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
  ): Promise<StreamableFile> {
    const caller = request.caller!;
    const source = await findLogSource(this.bus, caller.workspaceId, id, logFilterOf(query));
    lookInto(caller, source.app.environment);
    const range = readTimeRange(dateOf('since', query.since), dateOf('until', query.until), Date.now());
    const lastSequence = await lastLogSequence(this.bus);
    const past = await this.history.newest(source, range, query.limit, lastSequence);
    const gone = new AbortController();
    const texts = query.follow ? this.textsToCome(source, lastSequence, gone.signal) : [];
    const body = Readable.from(concatenated([past.map(jsonLine).join('')], texts));
    body.once('close', () => gone.abort());
    return new StreamableFile(body, { type: JSON_LINES });
  }

  private async *textsToCome(source: LogSource, afterSequence: number, gone: AbortSignal) {
    for await (const lines of followLines(this.bus, source, afterSequence, gone))
      yield lines.map(jsonLine).join('');
  }
}

async function* concatenated(...parts: readonly (Iterable<string> | AsyncIterable<string>)[]) {
  for (const part of parts) yield* part;
}
