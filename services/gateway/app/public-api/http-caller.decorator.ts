import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from '@slipway/gateway-core';
import type { HttpRequest } from './http-caller.guard.js';

/** Whoever asks; the guard has made sure that somebody does. */
export const HttpCaller = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Caller =>
    context.switchToHttp().getRequest<HttpRequest>().caller!,
);
