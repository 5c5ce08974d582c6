import { Controller, Get, Inject, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { accepted } from '@slipway/kernel';
import { mayLookInto, readCursor, writeCursor, type Caller } from '@slipway/gateway-core';
import type { Environments } from '../store/environments.js';
import type { Secrets } from '../store/secrets.js';
import type { Dicts } from '../store/state/dicts.js';
import { queueSizes } from '../store/state/queue-sizes.js';
import type { Queues } from '../store/state/queues.js';
import type { StateObject } from '../store/state/state-objects.js';
import type { Statistics } from '../store/statistics.js';
import { DICTS, ENVIRONMENTS, QUEUES, SECRETS, STATISTICS } from '../tokens.js';
import { HttpCallerGuard, type HttpRequest } from './http-caller.guard.js';
import { PageQuery } from './list-query.js';
import { lookInto } from './look-into.js';
import { PageView } from './views.js';

export class OfEnvironmentQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'The environment; the default one when left out', type: String })
  @IsOptional()
  @IsString()
  environment?: string;
}

const moment = (at: number): string => new Date(at).toISOString();

const objectView = ({ objectId, name, environment, createdAt, createdBy }: StateObject) => ({
  id: objectId,
  name: name ?? '',
  environment,
  createdAt: moment(createdAt),
  createdBy,
});

/** What is kept for the workspace's programs, by name. Values are shown to nobody here. */
@ApiTags('state')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1')
export class StateController {
  constructor(
    @Inject(ENVIRONMENTS) private readonly environments: Environments,
    @Inject(SECRETS) private readonly secretRows: Secrets,
    @Inject(DICTS) private readonly dictStore: Dicts,
    @Inject(QUEUES) private readonly queueStore: Queues,
    @Inject(STATISTICS) private readonly statistics: Statistics,
  ) {}

  @Get('environments')
  @ApiOperation({ summary: 'Environments, by name' })
  @ApiOkResponse({ type: PageView })
  async listEnvironments(@Req() request: HttpRequest): Promise<PageView> {
    const caller = request.caller!;
    const rows = await this.environments.list(caller.workspaceId);
    const visible = rows.filter(({ name }) => mayLookInto(caller, name));
    const items = visible.map((row) => ({
      id: row.environmentId,
      name: row.name,
      webSuffix: row.webSuffix,
      isDefault: row.name === caller.defaultEnvironment,
      createdAt: moment(row.createdAt),
    }));
    return { items, nextCursor: null };
  }

  @Get('secrets')
  @ApiOperation({ summary: 'Named secrets and the names of their variables, the newest first' })
  @ApiOkResponse({ type: PageView })
  async secrets(@Req() { caller }: HttpRequest, @Query() query: OfEnvironmentQuery): Promise<PageView> {
    const rows = await this.secretRows.list(await this.listing(caller!, query));
    return page(
      rows.map((row) => ({ ...row, objectId: row.secretId })),
      query,
      (row) => ({
        ...objectView({ ...row, name: row.name ?? null }),
        keys: row.keys,
      }),
    );
  }

  @Get('dicts')
  @ApiOperation({ summary: 'Named dicts, the newest first' })
  @ApiOkResponse({ type: PageView })
  async dicts(@Req() { caller }: HttpRequest, @Query() query: OfEnvironmentQuery): Promise<PageView> {
    return page(await this.dictStore.objects.list(await this.listing(caller!, query)), query, objectView);
  }

  @Get('queues')
  @ApiOperation({ summary: 'Named queues with how much is in them, the newest first' })
  @ApiOkResponse({ type: PageView })
  async queues(@Req() { caller }: HttpRequest, @Query() query: OfEnvironmentQuery): Promise<PageView> {
    const rows = await this.queueStore.objects.list(await this.listing(caller!, query));
    const ids = rows.map((row) => row.objectId);
    const sizes = await this.statistics.read(caller!.workspaceId, (connection) =>
      queueSizes(connection, ids, Date.now()),
    );
    const none = { partitions: 0, items: 0 };
    return page(rows, query, (row) => ({ ...objectView(row), ...(sizes.get(row.objectId) ?? none) }));
  }

  private async listing(caller: Caller, { environment: name = '', cursor, limit }: OfEnvironmentQuery) {
    const environment = await this.environments.resolve(caller, name);
    lookInto(caller, environment);
    const after = cursor === undefined ? {} : { createdBefore: accepted(readCursor(cursor)).createdAt };
    return { workspaceId: caller.workspaceId, environment, ...after, limit };
  }
}

type Mark = Readonly<{ objectId: string; createdAt: number }>;

/** Objects of one moment stay on one page, which may so be longer than was asked. */
const page = <Row extends Mark>(
  rows: readonly Row[],
  { limit }: PageQuery,
  view: (row: Row) => Record<string, unknown>,
): PageView => {
  const last = rows.at(-1);
  return {
    items: rows.map(view),
    nextCursor:
      last && rows.length >= limit ? writeCursor({ createdAt: last.createdAt, id: last.objectId }) : null,
  };
};
