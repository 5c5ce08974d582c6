import { isPassingTrouble } from '../passing-trouble.js';
import type { WebRouteRow } from '../store/web-entities.js';
import type { WebRoutes } from '../store/web-routes.js';

type Known = Readonly<{ route: WebRouteRow | undefined; untilMs: number }>;

/** So long after a deploy another gateway may still know the old state of a name. */
const REMEMBER_MS = 1_000;
const MOST_REMEMBERED = 10_000;

/** Which function answers under a name, remembered for a moment; while the database is away, what was known last goes on. */
export class RouteFinder {
  private readonly known = new Map<string, Known>();
  /** However many ask for a name, the database is asked once. */
  private readonly looking = new Map<string, Promise<WebRouteRow | undefined>>();

  constructor(private readonly routes: Pick<WebRoutes, 'find'>) {}

  /** At once where it is remembered. */
  find(host: string): WebRouteRow | undefined | Promise<WebRouteRow | undefined> {
    const known = this.known.get(host);
    if (known !== undefined && known.untilMs > Date.now()) return known.route;
    const looking = this.looking.get(host) ?? this.look(host).finally(() => this.looking.delete(host));
    this.looking.set(host, looking);
    return looking;
  }

  private async look(host: string): Promise<WebRouteRow | undefined> {
    const route = await this.routes.find(host).catch((error: unknown) => {
      const before = this.known.get(host)?.route;
      if (before === undefined || !isPassingTrouble(error)) throw error;
      return before;
    });
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(host, { route, untilMs: Date.now() + REMEMBER_MS });
    return route;
  }
}
