import type { IncomingHttpHeaders } from 'node:http';
import type { WebRouteRow } from '../store/web-entities.js';

/** What keeps the requests of one user of a server function with one container. */
export const affinityOf = ({ kind }: WebRouteRow, headers: IncomingHttpHeaders): string | undefined => {
  if (kind !== 'server') return undefined;
  const value = headers['modal-session-id'] ?? headers['modal-routing-affinity-key'];
  return Array.isArray(value) ? value[0] : value;
};
