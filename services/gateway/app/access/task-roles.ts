import type { AppId, WorkspaceId } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { rolesOfTask, type RolesByEnvironment } from '@slipway/gateway-core';
import type { Bus } from '@slipway/messaging';
import type { Principals } from '../store/principals.js';

const REMEMBER_MS = 10_000;
const MOST_REMEMBERED = 10_000;

type Known = { untilMs: number; roles: Promise<RolesByEnvironment> };

/** What code of an app may do outside its own environment: it follows from who deployed the app, or made it. */
export class TaskRoles {
  private readonly known = new Map<AppId, Known>();

  constructor(
    private readonly bus: Pick<Bus, 'request'>,
    private readonly principals: Pick<Principals, 'rolesOfName'>,
  ) {}

  of(workspaceId: WorkspaceId, appId: AppId): Promise<RolesByEnvironment> {
    const known = this.known.get(appId);
    if (known !== undefined && known.untilMs > Date.now()) return known.roles;
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    const roles = this.look(workspaceId, appId);
    this.known.set(appId, { roles, untilMs: Date.now() + REMEMBER_MS });
    roles.catch(() => this.known.delete(appId));
    return roles;
  }

  /** Roles were changed. */
  forgetAll(): void {
    this.known.clear();
  }

  private async look(workspaceId: WorkspaceId, appId: AppId): Promise<RolesByEnvironment> {
    const name = await this.bus.request('scheduler.get-app', { workspaceId, appId }).then(
      ({ deployedBy, createdBy }) => deployedBy ?? createdBy,
      (error: unknown) => {
        // A build's container is of no app.
        if (error instanceof RefusedError && error.refusal.refused === 'not-found') return undefined;
        throw error;
      },
    );
    return rolesOfTask(name === undefined ? [] : await this.principals.rolesOfName(workspaceId, name));
  }
}
