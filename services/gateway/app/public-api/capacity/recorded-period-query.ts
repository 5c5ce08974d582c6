import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

/** To the day, the minute, the second or finer, with its zone. */
const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

export class RecordedPeriodQuery {
  @ApiProperty({ description: 'Where it begins, RFC 3339', type: String, example: '2026-11-20T00:00:00Z' })
  @Matches(MOMENT, { message: 'from must be a moment such as 2026-11-20T00:00:00Z' })
  from!: string;

  @ApiProperty({ description: 'Where it ends: now at the latest', type: String })
  @Matches(MOMENT, { message: 'until must be a moment such as 2026-11-21T00:00:00Z' })
  until!: string;

  @ApiPropertyOptional({ description: 'The nextCursor of the page before', type: String })
  @IsOptional()
  @IsString()
  @Matches(/^\d{1,9}$/, { message: 'cursor must be the nextCursor of the page before' })
  cursor?: string;

  @ApiPropertyOptional({ description: 'Rows in the answer', type: Number, maximum: 5000, default: 2000 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(5_000)
  limit: number = 2_000;
}
