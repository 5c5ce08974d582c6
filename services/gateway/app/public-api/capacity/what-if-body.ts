import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { LONGEST_NAME, OfferFilterBody, PLAN_ID } from './capacity-bodies.js';
import { CommittedPlaceBody } from './committed-place-body.js';

const LARGEST_FACTOR = 1_000;
const MOST_CHANGES = 100;

export class FactorChangeBody extends OfferFilterBody {
  @ApiProperty({ type: Number, example: 1.5 })
  @IsNumber()
  @Min(0)
  @Max(LARGEST_FACTOR)
  factor!: number;
}

export class AvailableChangeBody extends OfferFilterBody {
  @ApiProperty({ description: 'So many nodes of each offer that matches', type: Number, example: 4 })
  @IsInt()
  @Min(0)
  @Max(100_000)
  nodes!: number;
}

export class DemandChangeBody {
  @ApiPropertyOptional({ description: 'One group; left out: all', type: String })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  demandKey?: string;

  @ApiProperty({ type: Number, example: 2 })
  @IsNumber()
  @Min(0)
  @Max(LARGEST_FACTOR)
  factor!: number;
}

export class QuotaChangeBody {
  @ApiProperty({
    description: 'One that does not exist is added: vendor/region/GPU, the last of these may be left out',
    type: String,
    example: 'aws/us-east-1/H100',
  })
  @IsString()
  @Length(1, LONGEST_NAME)
  quotaId!: string;

  @ApiProperty({ description: 'GPUs, or vCPUs for nodes without GPUs', type: Number })
  @IsInt()
  @Min(0)
  limit!: number;
}

export class CommittedNodesBody extends CommittedPlaceBody {
  @ApiProperty({ description: 'How many of them', type: Number, example: 4 })
  @IsInt()
  @Min(1)
  nodes!: number;

  @ApiProperty({ description: 'What each of them costs per hour in any case', type: Number })
  @IsInt()
  @Min(0)
  priceMicroUsdPerNodeHour!: number;
}

/** Changes of a recorded problem; nothing of it is carried out. */
export class WhatIfBody {
  @ApiPropertyOptional({
    description: 'The plan whose inputs are changed; left out: the newest',
    type: String,
  })
  @IsOptional()
  @Matches(PLAN_ID, { message: 'planId must be a plan such as pl-01J…, or latest, or in-force' })
  planId?: string;

  @ApiPropertyOptional({ type: [FactorChangeBody] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @ValidateNested({ each: true })
  @Type(() => FactorChangeBody)
  prices?: FactorChangeBody[];

  @ApiPropertyOptional({
    description: 'How often spot nodes are taken back, times a factor',
    type: [FactorChangeBody],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @ValidateNested({ each: true })
  @Type(() => FactorChangeBody)
  preemptions?: FactorChangeBody[];

  @ApiPropertyOptional({ type: [AvailableChangeBody] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @ValidateNested({ each: true })
  @Type(() => AvailableChangeBody)
  available?: AvailableChangeBody[];

  @ApiPropertyOptional({ type: [OfferFilterBody] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @ValidateNested({ each: true })
  @Type(() => OfferFilterBody)
  without?: OfferFilterBody[];

  @ApiPropertyOptional({ type: [DemandChangeBody] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @ValidateNested({ each: true })
  @Type(() => DemandChangeBody)
  demand?: DemandChangeBody[];

  @ApiPropertyOptional({
    description: 'Commitments beside those that there are, paid over the whole horizon',
    type: [CommittedNodesBody],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @ValidateNested({ each: true })
  @Type(() => CommittedNodesBody)
  commitments?: CommittedNodesBody[];

  @ApiPropertyOptional({ type: [QuotaChangeBody] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @ValidateNested({ each: true })
  @Type(() => QuotaChangeBody)
  quotas?: QuotaChangeBody[];

  @ApiPropertyOptional({
    description:
      'Guardrails in place of those that the plan was made under, by name; null: that one is lifted',
    type: 'object',
    additionalProperties: { type: 'number', nullable: true },
    example: { maxSpendMicroUsdPerHour: 500_000_000, maxVendorShare: null },
  })
  @IsOptional()
  @IsObject()
  guardrails?: Record<string, number | null>;
}
