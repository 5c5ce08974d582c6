import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumberString,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { Transform } from 'class-transformer';
import { IsMoment } from '../moment.js';

const USD = /^-?\d{1,12}(\.\d{1,6})?$/;
const USD_RULE = 'must be a decimal of US dollars such as "12.50", as a text';
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export class CostsQuery {
  @ApiPropertyOptional({
    type: String,
    description: 'Inclusive, RFC 3339; the beginning of this month where left out',
  })
  @IsOptional()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({ type: String, description: 'Exclusive, RFC 3339; now where left out' })
  @IsOptional()
  @IsMoment()
  to?: string;

  @ApiPropertyOptional({ enum: ['hour', 'day', 'all'], default: 'day' })
  @IsIn(['hour', 'day', 'all'])
  resolution: 'hour' | 'day' | 'all' = 'day';

  @ApiPropertyOptional({ enum: ['app', 'function', 'environment', 'workspace'], default: 'function' })
  @IsIn(['app', 'function', 'environment', 'workspace'])
  per: 'app' | 'function' | 'environment' | 'workspace' = 'function';

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(NAME)
  environment?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  app?: string;

  @ApiPropertyOptional({ type: String, description: 'The id of a function, or of a volume' })
  @IsOptional()
  @IsString()
  function?: string;
}

export class EntriesQuery {
  @ApiPropertyOptional({ type: Number, description: 'Only entries of lower numbers' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  before?: number;

  @ApiPropertyOptional({ type: Number, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;
}

export class LimitQuery {
  @ApiPropertyOptional({ type: Number, default: 100 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 100;
}

export class MonthQuery {
  @ApiPropertyOptional({ type: String, description: 'Such as 2026-11; this month where left out' })
  @IsOptional()
  @IsString()
  month?: string;
}

export class BudgetBody {
  @ApiProperty({ enum: ['soft', 'hard'] })
  @IsIn(['soft', 'hard'], { message: 'kind must be soft (tells) or hard (stops)' })
  kind!: 'soft' | 'hard';

  @ApiProperty({ type: String, example: '25.00' })
  @Matches(USD, { message: `limitUsd ${USD_RULE}` })
  limitUsd!: string;

  @ApiPropertyOptional({ type: String, description: 'Left out: of the whole workspace' })
  @IsOptional()
  @Matches(NAME)
  environment?: string;

  @ApiPropertyOptional({ type: String, description: 'Told at 50, 80 and 100 percent' })
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  webhookUrl?: string;
}

export class QuoteQuery {
  @ApiProperty({ type: String, description: 'How long a container would run', example: '60' })
  @IsNumberString({ no_symbols: false })
  seconds: string = '60';

  @ApiPropertyOptional({ type: Number, default: 125, description: 'Thousandths of a core' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  milliCpu: number = 125;

  @ApiPropertyOptional({ type: Number, default: 128 })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(16_777_216)
  memoryMiB: number = 128;

  @ApiPropertyOptional({ type: String, example: 'H100:2' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9-]{1,32}(:[1-8])?$/, { message: 'gpu must be a type and a count such as H100:2' })
  gpu?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(NAME)
  region?: string;

  @ApiPropertyOptional({ type: Boolean, default: true })
  @Transform(({ value }) => value !== 'false' && value !== false)
  @IsBoolean()
  preemptible: boolean = true;

  @ApiPropertyOptional({
    type: String,
    description: 'Adds what calls of this function took and cost of late',
  })
  @IsOptional()
  @IsString()
  function?: string;
}
