import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '../http-caller.guard.js';
import { operatorOnly } from '../operator-only.js';

/** Lets operators of the site in, and nobody else: machines and money are theirs. It comes behind the guard that knows the caller. */
@Injectable()
export class OperatorOnly implements CanActivate {
  canActivate(context: ExecutionContext): true {
    operatorOnly(
      context.switchToHttp().getRequest<HttpRequest>().caller,
      "see and decide about the site's capacity",
    );
    return true;
  }
}
