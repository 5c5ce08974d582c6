import type { Bus } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';

const PAGE = 5_000;

export type HoldsToFind = Readonly<{
  shard: string;
  /** Whether a container is there for it, or this process asked for it itself. */
  isInUse: (holdId: string) => boolean;
  giveBack: (holdId: string) => void;
}>;

/** What an earlier process of the shard had held when it ended, for containers that it did not start or whose end it did not tell. */
export class ForgottenHolds {
  private state: 'left' | 'looking' | 'given back' = 'left';

  constructor(
    private readonly bus: Pick<Bus, 'request'>,
    private readonly logger: Logger,
    private readonly holds: HoldsToFind,
  ) {}

  /** Once in all; where billing does not answer, the next call tries again. */
  async giveBack(): Promise<void> {
    if (this.state !== 'left') return;
    this.state = 'looking';
    try {
      await this.find();
      this.state = 'given back';
    } catch (error) {
      this.state = 'left';
      this.logger.warn({ err: error }, 'what was held before is given back later');
    }
  }

  private async find(): Promise<void> {
    const { shard, isInUse, giveBack } = this.holds;
    let after = '';
    for (;;) {
      const { holdIds } = await this.bus.request('billing.list-holds', { shard, after, limit: PAGE });
      for (const holdId of holdIds) if (!isInUse(holdId)) giveBack(holdId);
      after = holdIds.at(-1) ?? '';
      if (holdIds.length < PAGE) return;
    }
  }
}
