import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, AskOf, ContainerUsage } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { Answers } from '@slipway/messaging';
import type { BillingStore } from '../store/open-store.js';
import { STORE, USAGE_INTAKE } from '../tokens.js';
import { readFactsOf } from '../store/taken-usage.js';
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
  async getContainerUsage({
    workspaceId,
    containerId,
  }: AskOf<'billing.get-container-usage'>): Promise<AnswerOf<'billing.get-container-usage'>> {
    const facts = await readFactsOf(this.store.pool, containerId);
    const own = facts.filter((fact) => fact.kind === 'container' && fact.workspaceId === workspaceId);
    if (own.length === 0)
      throw new RefusedError(
        refuse(
          'not-found',
          'container-usage-not-found',
          `nothing is known of what a container ${containerId} used: it is told each ten seconds and at the end`,
        ),
      );
    return { facts: own as readonly ContainerUsage[] };
  }

  @Answers('billing.list-usage-anomalies')
  listAnomalies(
    ask: AskOf<'billing.list-usage-anomalies'>,
  ): Promise<AnswerOf<'billing.list-usage-anomalies'>> {
    return listUsageAnomalies(this.store.pool, ask, Date.now());
  }
}
