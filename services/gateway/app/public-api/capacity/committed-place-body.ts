import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { LONGEST_NAME } from './capacity-bodies.js';

/** What a commitment is to: nodes of a vendor, narrowed down. */
export class CommittedPlaceBody {
  @ApiProperty({ type: String, example: 'aws' })
  @IsString()
  @Length(1, LONGEST_NAME)
  vendor!: string;

  @ApiPropertyOptional({ description: 'Left out: any', type: String, example: 'us-east-1' })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_NAME)
  region?: string;

  @ApiPropertyOptional({ type: String, example: 'p5.48xlarge' })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_NAME)
  instanceType?: string;

  @ApiPropertyOptional({ type: String, example: 'H100' })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_NAME)
  gpuType?: string;
}
