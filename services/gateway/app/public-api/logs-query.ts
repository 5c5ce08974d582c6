import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { Transform, Type } from 'class-transformer';
import { ApiPropertyOptional } from '@nestjs/swagger';
import type { LogFilter, LogStream } from '@slipway/gateway-core';
import { IsMoment } from './moment.js';

const OBJECT_ID = /^[a-z]{2}-[0-9A-Za-z]{1,40}$/;
const STREAMS = ['stdout', 'stderr', 'info'] as const;
const MOST_LINES = 20_000;

/** Which lines of an app's log are wanted, and from when. */
export class LogsQuery {
  @ApiPropertyOptional({ description: 'Only of this function and its variants', type: String })
  @IsOptional()
  @Matches(OBJECT_ID, { message: 'function must be an id like fu-01J…' })
  function?: string;

  @ApiPropertyOptional({ description: 'Only of this call', type: String })
  @IsOptional()
  @Matches(OBJECT_ID, { message: 'call must be an id like fc-01J…' })
  call?: string;

  @ApiPropertyOptional({ description: 'Only of this input', type: String })
  @IsOptional()
  @Matches(OBJECT_ID, { message: 'input must be an id like in-01J…' })
  input?: string;

  @ApiPropertyOptional({ description: 'Only of this container', type: String })
  @IsOptional()
  @Matches(OBJECT_ID, { message: 'container must be an id like ta-01J…' })
  container?: string;

  @ApiPropertyOptional({ enum: STREAMS })
  @IsOptional()
  @IsIn(STREAMS)
  stream?: LogStream;

  @ApiPropertyOptional({ description: 'Only lines with this text', type: String })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  search?: string;

  @ApiPropertyOptional({ description: 'Only lines from this moment on', type: String, format: 'date-time' })
  @IsOptional()
  @IsMoment()
  since?: string;

  @ApiPropertyOptional({ description: 'Only lines before this moment', type: String, format: 'date-time' })
  @IsOptional()
  @IsMoment()
  until?: string;

  @ApiPropertyOptional({
    description: 'At most so many lines of the past, and 16 Mi characters: the newest',
    type: Number,
    minimum: 0,
    maximum: MOST_LINES,
    default: 100,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MOST_LINES)
  limit: number = 100;

  @ApiPropertyOptional({
    description: 'Then go on with what comes, until the app stops or the reader leaves',
    type: Boolean,
    default: false,
  })
  @IsOptional()
  @Transform(({ value }) => ({ true: true, false: false })[String(value)] ?? value)
  @IsIn([true, false], { message: 'follow must be true or false' })
  follow: boolean = false;
}

export const logFilterOf = ({
  function: functionId,
  call,
  input,
  container,
  stream,
  search,
}: LogsQuery): LogFilter => ({
  ...(functionId && { functionId }),
  ...(call && { callId: call }),
  ...(input && { inputId: input }),
  ...(container && { taskId: container }),
  ...(stream && { stream }),
  ...(search && { searchText: search }),
});
