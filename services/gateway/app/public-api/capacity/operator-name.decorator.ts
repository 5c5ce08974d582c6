import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { callerName } from '@slipway/gateway-core';
import type { HttpRequest } from '../http-caller.guard.js';

/** Who decides, as it is written down. */
export const OperatorName = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { caller } = context.switchToHttp().getRequest<HttpRequest>();
  return caller === undefined ? '' : callerName(caller);
});
