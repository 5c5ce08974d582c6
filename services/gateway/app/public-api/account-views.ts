import { IsEmail, IsIn, IsOptional, Matches } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { WorkspaceRole } from '@slipway/gateway-core';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const NAME_RULE =
  'must be 1 to 64 letters, digits, dots, dashes and underscores, beginning with a letter or a digit';

export class NewWorkspaceBody {
  @ApiProperty({ description: 'Its name, which no other workspace of this site has' })
  @Matches(NAME, { message: `name ${NAME_RULE}` })
  name!: string;

  @ApiProperty({ description: 'The name of the member who will own it' })
  @Matches(NAME, { message: `owner ${NAME_RULE}` })
  owner!: string;
}

export class OwnerBody {
  @ApiProperty({ description: 'The name of an owner of the workspace, or of somebody who will be one' })
  @Matches(NAME, { message: `name ${NAME_RULE}` })
  name!: string;
}

export class NewMemberBody {
  @ApiProperty({ description: 'The name by which the workspace knows the member' })
  @Matches(NAME, { message: `name ${NAME_RULE}` })
  name!: string;

  @ApiProperty({ enum: ['owner', 'manager', 'member'] })
  @IsIn(['owner', 'manager', 'member'])
  role!: WorkspaceRole;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsEmail()
  email?: string;
}

export class TokenView {
  @ApiProperty() tokenId!: string;
  @ApiProperty({ description: 'Told once: only a hash of it is kept' }) tokenSecret!: string;
}

export class WorkspaceView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() defaultEnvironment!: string;
  @ApiProperty() createdAt!: string;
  @ApiPropertyOptional({ type: TokenView }) token?: TokenView;
}

export class MemberView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['owner', 'manager', 'member'] }) role!: WorkspaceRole;
  @ApiPropertyOptional() email?: string;
  @ApiProperty() createdAt!: string;
  @ApiPropertyOptional({ type: TokenView }) token?: TokenView;
}
