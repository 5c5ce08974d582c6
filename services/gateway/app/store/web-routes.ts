import type { MikroORM } from '@mikro-orm/postgresql';
import type { AppId, FunctionId, WorkspaceId } from '@slipway/contracts';
import { WebRouteEntity, type WebRouteRow } from './web-entities.js';

export type NewWebRoute = Omit<WebRouteRow, 'claimedAt' | 'truncated' | 'stolen'> &
  Readonly<{ truncated?: boolean; stolen?: boolean }>;

/** Under which names functions answer HTTP. */
export class WebRoutes {
  constructor(private readonly orm: MikroORM) {}

  async find(host: string): Promise<WebRouteRow | undefined> {
    return (await this.orm.em.fork().findOne(WebRouteEntity, { host })) ?? undefined;
  }

  ofFunction(functionId: FunctionId): Promise<WebRouteRow[]> {
    return this.orm.em.fork().find(WebRouteEntity, { functionId }, { orderBy: { host: 'asc' } });
  }

  /** Takes the name unless somebody else holds it, `holder` set aside: then the answer is that one's row. */
  async claim(route: NewWebRoute, holder?: WebRouteRow): Promise<WebRouteRow | undefined> {
    const held = await this.orm.em.fork().execute<{ host: string }[]>(
      `insert into gateway.web_routes (host, function_id, method, workspace_id, environment, app_id, function_tag,
         kind, requires_proxy_auth, timeout_ms, class_parameters, truncated, stolen, claimed_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (host) do update set function_id = excluded.function_id, method = excluded.method,
         workspace_id = excluded.workspace_id, environment = excluded.environment, app_id = excluded.app_id,
         function_tag = excluded.function_tag, kind = excluded.kind, timeout_ms = excluded.timeout_ms,
         requires_proxy_auth = excluded.requires_proxy_auth, class_parameters = excluded.class_parameters,
         truncated = excluded.truncated,
         stolen = excluded.stolen or (web_routes.stolen and web_routes.function_id = excluded.function_id),
         claimed_at = excluded.claimed_at
       where (web_routes.function_id = excluded.function_id and web_routes.method = excluded.method)
          or (web_routes.function_id = ? and web_routes.method = ?)
       returning host`,
      [
        route.host,
        route.functionId,
        route.method,
        route.workspaceId,
        route.environment,
        route.appId,
        route.functionTag,
        route.kind,
        route.requiresProxyAuth,
        route.timeoutMs,
        route.classParameters,
        route.truncated ?? false,
        route.stolen ?? false,
        Date.now(),
        holder?.functionId ?? route.functionId,
        holder?.method ?? route.method,
      ],
    );
    return held.length > 0 ? undefined : this.find(route.host);
  }

  /** Domains of users' own; labels of the platform's have no dot. */
  domainsOf(workspaceId: WorkspaceId): Promise<WebRouteRow[]> {
    return this.orm.em
      .fork()
      .find(WebRouteEntity, { workspaceId, host: { $like: '%.%' } }, { orderBy: { host: 'asc' } });
  }

  async release({ host, workspaceId }: Pick<WebRouteRow, 'host' | 'workspaceId'>): Promise<void> {
    await this.orm.em.fork().nativeDelete(WebRouteEntity, { host, workspaceId });
  }

  /** Lets go of all names of an app but these. */
  async keepOnly(appId: AppId, hosts: readonly string[]): Promise<void> {
    await this.orm.em.fork().nativeDelete(WebRouteEntity, { appId, host: { $nin: [...hosts] } });
  }
}
