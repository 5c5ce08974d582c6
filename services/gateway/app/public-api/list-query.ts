import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { ApiPropertyOptional } from '@nestjs/swagger';

const OBJECT_ID = /^[a-z]{2}-[0-9A-Za-z]{1,40}$/;
const MOST_ITEMS = 500;

/** How lists are paged. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'The nextCursor of the page before', type: String })
  @IsOptional()
  @IsString()
  cursor?: string;

  @ApiPropertyOptional({
    description: 'Items in the answer',
    type: Number,
    minimum: 1,
    maximum: MOST_ITEMS,
    default: 50,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_ITEMS)
  limit: number = 50;
}

export class OfAppQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only what belongs to this app', type: String })
  @IsOptional()
  @Matches(OBJECT_ID, { message: 'app must be an id like ap-01J…' })
  app?: string;
}

export const CALL_STATES = ['running', 'finished', 'cancelled'] as const;
export type CallState = (typeof CALL_STATES)[number];

export class CallsQuery extends OfAppQuery {
  @ApiPropertyOptional({ enum: CALL_STATES })
  @IsOptional()
  @IsIn(CALL_STATES)
  state?: CallState;
}

export class IdParam {
  @Matches(OBJECT_ID, { message: 'id must be an id like ap-01J…' })
  id!: string;
}
