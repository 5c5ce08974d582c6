import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, Matches, Max, Min, IsInt } from 'class-validator';
import { Type } from 'class-transformer';

const DAY = /^\d{4}-\d{2}-\d{2}(T00:00(:00(\.0+)?)?Z)?$/;
const DAY_RULE = 'must be the beginning of a day in UTC, such as 2026-11-01';

/** Whose charges: the caller's own workspace's, or all, for who runs the site. */
export class OfExportsQuery {
  @ApiPropertyOptional({ enum: ['workspace', 'site'], default: 'workspace' })
  @IsIn(['workspace', 'site'])
  of: 'workspace' | 'site' = 'workspace';
}

export class ExportsQuery extends OfExportsQuery {
  @ApiPropertyOptional({ type: Number, default: 100 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit = 100;
}

class ExportForm extends OfExportsQuery {
  @ApiPropertyOptional({ enum: ['csv', 'parquet'], default: 'csv' })
  @IsIn(['csv', 'parquet'])
  format: 'csv' | 'parquet' = 'csv';

  @ApiPropertyOptional({ enum: ['hourly', 'daily'], default: 'daily' })
  @IsIn(['hourly', 'daily'])
  granularity: 'hourly' | 'daily' = 'daily';
}

export class ExportBody extends ExportForm {
  @ApiProperty({ type: String, description: 'Inclusive: a day in UTC', example: '2026-11-01' })
  @IsISO8601({ strict: true })
  @Matches(DAY, { message: `from ${DAY_RULE}` })
  from!: string;

  @ApiProperty({ type: String, description: 'Exclusive: a day in UTC', example: '2026-12-01' })
  @IsISO8601({ strict: true })
  @Matches(DAY, { message: `to ${DAY_RULE}` })
  to!: string;
}

export class ExportScheduleBody extends ExportForm {
  @ApiProperty({ enum: ['day', 'month'] })
  @IsIn(['day', 'month'])
  every!: 'day' | 'month';
}

export class EveryParam {
  @ApiProperty({ enum: ['day', 'month'] })
  @IsIn(['day', 'month'])
  every!: 'day' | 'month';
}
