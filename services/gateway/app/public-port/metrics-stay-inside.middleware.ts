import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import { CONFIG } from '@slipway/nest-kit';
import type { GatewayConfig } from '../config.js';

/** Metrics are for operators, who read them at the health port; clients of the public port get none. */
@Injectable()
export class MetricsStayInside implements NestMiddleware {
  constructor(@Inject(CONFIG) private readonly config: GatewayConfig) {}

  use(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    if (request.socket.localPort === this.config.healthPort) return next();
    const problem = {
      type: '/problems/not-found',
      title: 'not found',
      status: 404,
      detail: 'Cannot GET /metrics',
    };
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
  }
}
