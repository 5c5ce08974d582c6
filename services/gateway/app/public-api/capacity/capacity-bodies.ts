import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PageQuery } from '../list-query.js';

export const PLAN_ID = /^(pl-[0-9A-Za-z]{1,40}|latest|in-force)$/;
export const LONGEST_NAME = 200;

export class PlanParam {
  @ApiProperty({ description: 'A plan’s id, or latest, or in-force', type: String })
  @Matches(PLAN_ID, { message: 'id must be a plan such as pl-01J…, or latest, or in-force' })
  id!: string;
}

export class DiffQuery {
  @ApiPropertyOptional({ description: 'Another plan in place of the fleet as it was', type: String })
  @IsOptional()
  @Matches(PLAN_ID, { message: 'against must be a plan such as pl-01J…, or latest, or in-force' })
  against?: string;
}

export class ExplainQuery {
  @ApiPropertyOptional({
    description: 'One offer, bought or not, by its id in the list of offers',
    type: String,
  })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_NAME)
  offerId?: string;
}

/** Offers by what is named; nothing named: all. */
export class OfferFilterBody {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  offerId?: string;

  @ApiPropertyOptional({ type: String, example: 'aws' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  vendor?: string;

  @ApiPropertyOptional({ type: String, example: 'us-east-1' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  region?: string;

  @ApiPropertyOptional({ type: String, example: 'H100' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  gpuType?: string;

  @ApiPropertyOptional({ type: String, example: 'spot' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  purchase?: string;
}

export class OffersQuery extends OfferFilterBody {
  @ApiPropertyOptional({ description: 'The nextCursor of the page before', type: String })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  cursor?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 500, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;
}

export class RejectedQuery extends PageQuery {
  @Matches(/^[0-9]{1,15}$/, { message: 'cursor must be the nextCursor of a page before' })
  declare cursor?: string;
}

export class EventsQuery {
  @ApiPropertyOptional({
    description: 'Only of this host or plan, by its id, or of control, catalogue or failures',
    type: String,
  })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_NAME)
  of?: string;

  @ApiPropertyOptional({ description: 'The nextCursor of the page before', type: String })
  @IsOptional()
  @Matches(/^[1-9][0-9]{0,15}$/, { message: 'cursor must be the nextCursor of a page before' })
  cursor?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 500, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;
}

export class SeriesQuery {
  @ApiProperty({ description: 'A group, as the demand view names it', type: String })
  @IsString()
  @Length(1, 500)
  demandKey!: string;

  @ApiPropertyOptional({ description: 'How far back, in hours', type: Number, default: 24 })
  @IsOptional()
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(28 * 24)
  hours: number = 24;
}

export class ReasonBody {
  @ApiProperty({ description: 'Why, for whoever reads it later', type: String })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class GuardrailsBody {
  @ApiProperty({
    description:
      'All guardrails that differ from the site’s, by name; what is left out is as the site has it',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { maxSpendMicroUsdPerHour: 500_000_000, maxStartsPerCycle: 20 },
  })
  @IsObject()
  guardrails!: Record<string, number>;
}

export class GuardrailChangesBody {
  @ApiProperty({
    description: 'Guardrails to change, by name; null: as the site has it',
    type: 'object',
    additionalProperties: { type: 'number', nullable: true },
    example: { maxStartsPerCycle: 20, maxVendorShare: null },
  })
  @IsObject()
  guardrails!: Record<string, number | null>;
}

export class FloorBody {
  @ApiProperty({ type: String, example: 'gpu:H100x1 cpu:1000 mem:16384 class:interactive' })
  @IsString()
  @Length(1, 500)
  demandKey!: string;

  @ApiProperty({ description: 'Containers that are kept ready; 0 takes the floor away', type: Number })
  @IsInt()
  @Min(0)
  @Max(100_000)
  containers!: number;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class ExclusionBody extends OfferFilterBody {
  @ApiProperty({ description: 'Why, for whoever reads it later', type: String })
  @IsString()
  @Length(1, 500)
  reason!: string;
}
