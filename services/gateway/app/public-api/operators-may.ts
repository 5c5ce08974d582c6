import { mixin, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import type { HttpRequest } from './http-caller.guard.js';
import { operatorOnly } from './operator-only.js';

/** Lets in who runs the site, and nobody else, before the request is read. It comes behind the guard that knows the caller. */
export const operatorsMay = (may: string): Type<CanActivate> => {
  class OperatorsMay implements CanActivate {
    canActivate(context: ExecutionContext): true {
      operatorOnly(context.switchToHttp().getRequest<HttpRequest>().caller, may);
      return true;
    }
  }
  return mixin(OperatorsMay);
};
