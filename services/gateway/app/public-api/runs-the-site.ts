import { FIRST_WORKSPACE } from '../store/workspaces.js';
import type { HttpRequest } from './http-caller.guard.js';

export const runsTheSite = (caller: HttpRequest['caller']): boolean =>
  caller?.kind === 'token' && caller.workspaceName === FIRST_WORKSPACE && caller.principal.role === 'owner';
