import type { WebRouteRow } from '../store/web-entities.js';
import type { WebRoutes } from '../store/web-routes.js';

type Known = Readonly<{ route: WebRouteRow | undefined; untilMs: number }>;

/** So long after a deploy another gateway may still know the old state of a name. */
const REMEMBER_MS = 1_000;
const MOST_REMEMBERED = 10_000;

/** Which function answers under a name, remembered for a moment. */
export class RouteFinder {
  private readonly known = new Map<string, Known>();

  constructor(private readonly routes: Pick<WebRoutes, 'find'>) {}

  /** At once where it is remembered. */
  find(host: string): WebRouteRow | undefined | Promise<WebRouteRow | undefined> {
    const known = this.known.get(host);
    return known !== undefined && known.untilMs > Date.now() ? known.route : this.look(host);
  }

  private async look(host: string): Promise<WebRouteRow | undefined> {
    const route = await this.routes.find(host);
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(host, { route, untilMs: Date.now() + REMEMBER_MS });
    return route;
  }
}
