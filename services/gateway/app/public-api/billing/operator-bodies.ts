import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsArray,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { IsMoment } from '../moment.js';

const USD = /^-?\d{1,12}(\.\d{1,6})?$/;
const USD_RULE = 'must be a decimal of US dollars such as "12.50", as a text';
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export class OfWorkspaceBody {
  @ApiProperty({ type: String, description: 'The id of the workspace' })
  @IsString()
  @IsNotEmpty()
  workspaceId!: string;
}

export class GrantBody extends OfWorkspaceBody {
  @ApiProperty({ type: String, description: 'Given twice under one id it is given once' })
  @Matches(ID)
  grantId!: string;

  @ApiProperty({ type: String, example: '100.00' })
  @Matches(USD, { message: `amountUsd ${USD_RULE}` })
  amountUsd!: string;

  @ApiProperty({ type: String })
  @IsString()
  @MaxLength(200)
  reason!: string;

  @ApiPropertyOptional({ type: String, description: 'Exclusive, RFC 3339; never where left out' })
  @IsOptional()
  @IsMoment()
  expiresAt?: string;
}

export class AccountBody extends OfWorkspaceBody {
  @ApiPropertyOptional({ type: String, description: 'As invoices show it' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ enum: ['invoiced', 'prepaid'] })
  @IsOptional()
  @IsIn(['invoiced', 'prepaid'])
  terms?: 'invoiced' | 'prepaid';

  @ApiPropertyOptional({ type: String, example: '30.00' })
  @IsOptional()
  @Matches(USD, { message: `monthlyCreditUsd ${USD_RULE}` })
  monthlyCreditUsd?: string;
}

class BookingBody extends OfWorkspaceBody {
  @ApiProperty({ type: String, description: 'Booked twice under one id it is booked once' })
  @Matches(ID)
  entryId!: string;

  @ApiProperty({ type: String, example: '12.50' })
  @Matches(USD, { message: `amountUsd ${USD_RULE}` })
  amountUsd!: string;
}

export class PaymentBody extends BookingBody {
  @ApiProperty({ enum: ['paid-ahead', 'invoice-paid'] })
  @IsIn(['paid-ahead', 'invoice-paid'])
  what!: 'paid-ahead' | 'invoice-paid';

  @ApiProperty({ type: String })
  @IsString()
  @MaxLength(200)
  memo!: string;
}

export class CorrectionBody extends BookingBody {
  @ApiProperty({ type: String })
  @IsString()
  @MaxLength(200)
  reason!: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  chargeId?: string;
}

export class RateCardBody {
  @ApiProperty({ type: String })
  @IsString()
  cardId!: string;

  @ApiProperty({ type: String, example: 'USD' })
  @IsString()
  currency!: string;

  @ApiProperty({ type: String, description: 'Later than now, RFC 3339' })
  @IsMoment()
  effectiveFrom!: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsMoment()
  effectiveTo?: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { cpu: '0.0000131' } })
  @IsObject()
  rates!: Record<string, string>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 'eu-west': '5/4' },
  })
  @IsOptional()
  @IsObject()
  regions?: Record<string, string>;

  @ApiPropertyOptional({ type: String, example: '3' })
  @IsOptional()
  @IsString()
  nonPreemptible?: string;
}

export class DiscountBody extends OfWorkspaceBody {
  @ApiProperty({ type: String })
  @Matches(ID)
  discountId!: string;

  @ApiProperty({ type: String, description: 'What is paid of the listed price', example: '4/5' })
  @IsString()
  share!: string;

  @ApiProperty({ type: String })
  @IsMoment()
  from!: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsMoment()
  to?: string;

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  skus?: string[];
}

export class MonthBody {
  @ApiProperty({ type: String, example: '2026-10' })
  @IsString()
  month!: string;
}
