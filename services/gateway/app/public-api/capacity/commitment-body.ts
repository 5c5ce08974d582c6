import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { CommittedTo } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { IsInt, IsOptional, Matches, Min } from 'class-validator';
import { CommittedPlaceBody } from './committed-place-body.js';
import { IsMoment, momentOf } from '../moment.js';

const COMMITMENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

export class CommitmentParam {
  @ApiProperty({ description: 'The name that an operator gave it', type: String })
  @Matches(COMMITMENT_ID, { message: 'id must be a name of letters, digits, dots, hyphens and underscores' })
  id!: string;
}

/** Nodes of an instance type or a GPU type, or a share of a vendor's bill. */
export class CommitmentBody extends CommittedPlaceBody {
  @ApiPropertyOptional({ description: 'How many of them', type: Number, example: 4 })
  @IsOptional()
  @IsInt()
  @Min(1)
  nodes?: number;

  @ApiPropertyOptional({ description: 'What each of them costs per hour in any case', type: Number })
  @IsOptional()
  @IsInt()
  @Min(0)
  priceMicroUsdPerNodeHour?: number;

  @ApiPropertyOptional({
    description: 'In place of nodes: so much of the vendor’s hourly bill, at list prices and without spot',
    type: Number,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  coveredMicroUsdPerHour?: number;

  @ApiPropertyOptional({ description: 'What that costs per hour in any case', type: Number })
  @IsOptional()
  @IsInt()
  @Min(0)
  priceMicroUsdPerHour?: number;

  @ApiPropertyOptional({
    description: 'RFC 3339; left out: now',
    type: String,
    example: '2026-11-01T00:00:00Z',
  })
  @IsOptional()
  @IsMoment()
  startsAt?: string;

  @ApiProperty({ description: 'RFC 3339', type: String, example: '2027-11-01T00:00:00Z' })
  @IsMoment()
  endsAt!: string;
}

/** What a body says was committed to. Throws a refusal where it says neither nodes nor a share of the bill, or both. */
export const committedTo = (commitmentId: string, body: CommitmentBody): CommittedTo => {
  const { vendor, region, instanceType, gpuType } = body;
  const term = { commitmentId, vendor, endsAt: momentOf('endsAt', body.endsAt) };
  if (body.coveredMicroUsdPerHour === undefined)
    return {
      ...{ ...term, kind: 'nodes' },
      ...(region === undefined ? {} : { region }),
      ...(instanceType === undefined ? {} : { instanceType }),
      ...(gpuType === undefined ? {} : { gpuType }),
      nodes: need(body, 'nodes'),
      priceMicroUsdPerNodeHour: need(body, 'priceMicroUsdPerNodeHour'),
    };
  const beside = (['region', 'instanceType', 'gpuType', 'nodes', 'priceMicroUsdPerNodeHour'] as const).find(
    (name) => body[name] !== undefined,
  );
  if (beside !== undefined)
    throw invalid(
      `${beside} is given beside coveredMicroUsdPerHour; a share of a bill is the vendor's whole bill's.`,
    );
  return {
    ...{ ...term, kind: 'spend', coveredMicroUsdPerHour: body.coveredMicroUsdPerHour },
    priceMicroUsdPerHour: need(body, 'priceMicroUsdPerHour'),
  };
};

const need = (
  body: CommitmentBody,
  name: 'nodes' | 'priceMicroUsdPerNodeHour' | 'priceMicroUsdPerHour',
): number => {
  const value = body[name];
  if (value !== undefined) return value;
  throw invalid(
    `${name} is not given; a commitment is nodes and priceMicroUsdPerNodeHour, or coveredMicroUsdPerHour and priceMicroUsdPerHour.`,
  );
};

const invalid = (message: string): RefusedError => new RefusedError(refuse('invalid', 'commitment', message));
