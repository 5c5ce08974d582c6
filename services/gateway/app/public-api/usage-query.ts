import { ApiPropertyOptional } from '@nestjs/swagger';
import type { UsageAnomalyCode } from '@slipway/contracts';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

const CODES: readonly UsageAnomalyCode[] = [
  'malformed-usage',
  'negative-usage',
  'unknown-kind',
  'usage-in-the-future',
  'contradicting-usage',
  'changed-owner',
  'overlapping-usage',
  'sequence-gap',
  'container-without-end',
];
const MOST_ITEMS = 500;

class UsagePageQuery {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MOST_ITEMS, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_ITEMS)
  limit: number = 100;
}

export class ContainerUsageQuery extends UsagePageQuery {
  @ApiPropertyOptional({ description: 'The nextCursor of the page before', type: String })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'cursor must be the nextCursor of the page before' })
  cursor?: string;
}

export class UsageAnomaliesQuery extends UsagePageQuery {
  @ApiPropertyOptional({ enum: CODES })
  @IsOptional()
  @IsIn([...CODES])
  code?: UsageAnomalyCode;
}
