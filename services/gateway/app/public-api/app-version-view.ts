import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AppVersionView, CommitInfo } from '@slipway/contracts';

const KINDS = ['standard', 'rollback', 'rollover', 'promotion', 'staged'];
const BY_NAME = { type: 'object', additionalProperties: { type: 'string' } } as const;

export class ShownVersion {
  @ApiProperty()
  version!: number;

  @ApiProperty({ enum: KINDS })
  kind!: string;

  @ApiPropertyOptional({
    description: 'Of a rollback, rollover or promotion: the version that it was made from',
  })
  sourceVersion?: number;

  @ApiProperty({ description: 'Whether new calls go to it' })
  serves!: boolean;

  @ApiProperty({ format: 'date-time' })
  deployedAt!: string;

  @ApiPropertyOptional()
  deployedBy?: string;

  @ApiPropertyOptional()
  clientVersion?: string;

  @ApiPropertyOptional()
  deploymentTag?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  commit?: CommitInfo;

  @ApiProperty(BY_NAME)
  tags!: Readonly<Record<string, string>>;

  @ApiProperty({ ...BY_NAME, description: 'Functions by name' })
  functionIds!: Readonly<Record<string, string>>;

  @ApiProperty({ ...BY_NAME, description: 'Classes by name' })
  classIds!: Readonly<Record<string, string>>;

  @ApiProperty({ ...BY_NAME, description: 'By function: equal definitions have equal ids' })
  definitionIds!: Readonly<Record<string, string>>;
}

export class AppVersionsView {
  @ApiProperty({ type: [ShownVersion] })
  items!: readonly ShownVersion[];
}

export const shownVersion = (version: AppVersionView): ShownVersion => ({
  ...version,
  deployedAt: new Date(version.deployedAt).toISOString(),
});
