import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { IsMoment } from '../moment.js';

export class RecordedPeriodQuery {
  @ApiProperty({ description: 'Where it begins, RFC 3339', type: String, example: '2026-11-20T00:00:00Z' })
  @IsMoment()
  from!: string;

  @ApiProperty({ description: 'Where it ends: now at the latest', type: String })
  @IsMoment()
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
