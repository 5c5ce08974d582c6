import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { IsDay } from '../moment.js';

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
  @IsDay()
  from!: string;

  @ApiProperty({ type: String, description: 'Exclusive: a day in UTC', example: '2026-12-01' })
  @IsDay()
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
