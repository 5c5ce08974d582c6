import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { LONGEST_NAME, OfferFilterBody } from './capacity-bodies.js';
import { IsMoment } from '../moment.js';

const MOST_NODES = 10_000;
const MOST_LEFT_OUT = 100;

/** So many nodes of all offers together that are named. */
export class PinBody extends OfferFilterBody {
  @ApiPropertyOptional({ description: 'No fewer nodes than these', type: Number })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_NODES)
  least?: number;

  @ApiPropertyOptional({ description: 'No more nodes than these', type: Number })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_NODES)
  most?: number;

  @ApiPropertyOptional({ description: 'RFC 3339; left out: until it is taken back', type: String })
  @IsOptional()
  @IsMoment()
  until?: string;

  @ApiProperty({ description: 'Why, for whoever reads it later', type: String })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class ApprovalBody {
  @ApiPropertyOptional({
    description: 'Offers whose change is left out; they stay as they are for an hour',
    type: [String],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_LEFT_OUT)
  @IsString({ each: true })
  @Length(1, LONGEST_NAME, { each: true })
  without?: string[];
}
