import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { PageQuery } from './list-query.js';

const ENVIRONMENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export class VolumesQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only those of this environment', type: String })
  @IsOptional()
  @Matches(ENVIRONMENT, { message: 'environment must be a name like main' })
  environment?: string;
}
