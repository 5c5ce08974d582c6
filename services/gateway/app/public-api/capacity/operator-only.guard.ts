import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { refuse, RefusedError } from '@slipway/kernel';
import { FIRST_WORKSPACE } from '../../store/workspaces.js';
import type { HttpRequest } from '../http-caller.guard.js';
import { runsTheSite } from '../runs-the-site.js';

/** Lets operators of the site in, and nobody else: machines and money are theirs. It comes behind the guard that knows the caller. */
@Injectable()
export class OperatorOnly implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const { caller } = context.switchToHttp().getRequest<HttpRequest>();
    if (runsTheSite(caller)) return true;
    throw new RefusedError(
      refuse(
        'forbidden',
        'not-the-operator',
        `Only an owner of the workspace '${FIRST_WORKSPACE}' may see and decide about the site's capacity.`,
      ),
    );
  }
}
