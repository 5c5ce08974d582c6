import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG } from '@slipway/nest-kit';
import type { CapacityPlannerConfig } from '../config.js';
import { PAST } from '../tokens.js';
import type { PastOptimum } from './past-optimum.js';

const EVERY_MS = 15 * 60_000;

/** Where plans are made by themselves, the optimum of the hours just past is worked out by itself too; else when somebody asks. */
@Injectable()
export class RunPast implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(PAST) private readonly past: PastOptimum,
    @Inject(CONFIG) private readonly config: CapacityPlannerConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.plans === 'by-itself') this.timer = setInterval(() => void this.past.refresh(), EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
