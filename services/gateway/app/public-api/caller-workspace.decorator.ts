import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { WorkspaceId } from '@slipway/contracts';
import type { HttpRequest } from './http-caller.guard.js';

/** The workspace of whoever asks; the guard has made sure that somebody does. */
export const CallerWorkspace = createParamDecorator(
  (_data: unknown, context: ExecutionContext): WorkspaceId =>
    context.switchToHttp().getRequest<HttpRequest>().caller?.workspaceId ?? '',
);
