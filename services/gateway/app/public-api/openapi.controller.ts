import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OPENAPI } from '../tokens.js';
import type { OpenApi } from './openapi.js';

@ApiExcludeController()
@Controller('v1')
export class OpenApiController {
  constructor(@Inject(OPENAPI) private readonly openApi: OpenApi) {}

  @Get('openapi.json')
  get(): object {
    return this.openApi.document();
  }
}
