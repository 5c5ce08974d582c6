import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsMoment } from '../moment.js';
import { ReasonBody } from './capacity-bodies.js';

export class HostParam {
  @ApiProperty({ description: 'A host’s id, as the list of hosts has it', type: String })
  @Matches(/^[A-Za-z0-9-]{1,128}$/, {
    message: ({ value }) =>
      `id is ${JSON.stringify(value)}; it must be that of a host, such as h-0123456789ab`,
  })
  id!: string;
}

export class WriteOffBody extends ReasonBody {
  @ApiPropertyOptional({ description: 'RFC 3339: until when it was paid for; left out: now', type: String })
  @IsOptional()
  @IsMoment()
  at?: string;
}
