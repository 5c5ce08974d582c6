import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Registry } from 'prom-client';
import type { Readiness } from './readiness.js';
import { METRICS, READINESS } from './tokens.js';

type Reply = { code(status: number): Reply; type(mime: string): Reply; send(body: unknown): unknown };

@Controller()
export class HealthController {
  constructor(
    @Inject(READINESS) private readonly readiness: Readiness,
    @Inject(METRICS) private readonly metrics: Registry,
  ) {}

  @Get('livez')
  live(): { alive: true } {
    return { alive: true };
  }

  @Get('readyz')
  async ready(@Res() reply: Reply): Promise<void> {
    const report = await this.readiness.report();
    reply.code(report.ready ? 200 : 503).send(report);
  }

  @Get('metrics')
  async scrape(@Res() reply: Reply): Promise<void> {
    reply.type(this.metrics.contentType).send(await this.metrics.metrics());
  }
}
