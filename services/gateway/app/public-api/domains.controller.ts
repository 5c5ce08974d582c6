import { Controller, Delete, Get, HttpCode, Inject, Param, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { accepted, refuse } from '@slipway/kernel';
import { mayLookInto, refuseInEnvironment, type Caller } from '@slipway/gateway-core';
import type { WebRouteRow } from '../store/web-entities.js';
import type { WebRoutes } from '../store/web-routes.js';
import { WEB_ROUTES } from '../tokens.js';
import { HttpCaller } from './http-caller.decorator.js';
import { HttpCallerGuard } from './http-caller.guard.js';
import { PageView } from './views.js';

const viewOf = (row: WebRouteRow): Record<string, unknown> => ({
  domain: row.host,
  functionId: row.functionId,
  appId: row.appId,
  environment: row.environment,
  claimedAt: new Date(row.claimedAt).toISOString(),
});

/** Domains of the workspace's own: they stay its own, whether what answers under them runs or not, until they are released. */
@ApiTags('domains')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1/domains')
export class DomainsController {
  constructor(@Inject(WEB_ROUTES) private readonly routes: WebRoutes) {}

  @Get()
  @ApiOperation({ summary: 'Domains, by name' })
  @ApiOkResponse({ type: PageView })
  async domains(@HttpCaller() caller: Caller): Promise<PageView> {
    return { items: (await this.visible(caller)).map(viewOf), nextCursor: null };
  }

  @Delete(':domain')
  @HttpCode(204)
  @ApiOperation({ summary: 'Releases a domain: nothing answers under it, and any workspace may claim it' })
  async release(@HttpCaller() caller: Caller, @Param('domain') domain: string): Promise<void> {
    const row = (await this.visible(caller)).find(({ host }) => host === domain.toLowerCase());
    const refusal =
      row === undefined
        ? refuse('not-found', 'domain-not-found', `This workspace has no domain '${domain}'.`)
        : refuseInEnvironment(caller, 'change', row.environment);
    if (refusal) accepted(refusal);
    if (row) await this.routes.release(row);
  }

  private async visible(caller: Caller): Promise<WebRouteRow[]> {
    const rows = await this.routes.domainsOf(caller.workspaceId);
    return rows.filter(({ environment }) => mayLookInto(caller, environment));
  }
}
