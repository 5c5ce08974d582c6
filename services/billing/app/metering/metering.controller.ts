import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { Answers } from '@slipway/messaging';
import type { BillingStore } from '../store/open-store.js';
import { STORE, USAGE_INTAKE } from '../tokens.js';
import { containerUsage } from './container-usage.js';
import { listUsageAnomalies } from './list-usage-anomalies.js';
import type { UsageIntake } from './usage-intake.js';

@Controller()
export class MeteringController {
  constructor(
    @Inject(USAGE_INTAKE) private readonly intake: UsageIntake,
    @Inject(STORE) private readonly store: BillingStore,
  ) {}

  @Answers('billing.put-usage')
  async putUsage({ facts }: AskOf<'billing.put-usage'>): Promise<AnswerOf<'billing.put-usage'>> {
    if (!Array.isArray(facts))
      throw new RefusedError(
        refuse('invalid', 'malformed-usage', `facts is ${typeof facts}, but must be a list of usage facts`),
      );
    return { refused: await this.intake.take(facts) };
  }

  @Answers('billing.get-container-usage')
  async getContainerUsage(
    ask: AskOf<'billing.get-container-usage'>,
  ): Promise<AnswerOf<'billing.get-container-usage'>> {
    return { facts: await containerUsage(this.store.pool, ask) };
  }

  @Answers('billing.list-usage-anomalies')
  listAnomalies(
    ask: AskOf<'billing.list-usage-anomalies'>,
  ): Promise<AnswerOf<'billing.list-usage-anomalies'>> {
    return listUsageAnomalies(this.store.pool, ask, Date.now());
  }
}
