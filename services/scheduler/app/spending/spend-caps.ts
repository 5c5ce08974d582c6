import { SPEND_CAPS_CHANGED, type SpendCap } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';

const READ_EACH_MS = 5_000;

/** Which workspaces and environments are under a hard budget, as billing said last. */
export class SpendCaps {
  private caps: ReadonlySet<string> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: Pick<Bus, 'request' | 'onSignal'>,
    private readonly logger: Logger,
  ) {}

  /** Reads them now, whenever they change, and now and then; `onRead` is called each time. */
  begin(onRead: () => void): void {
    const read = (): void => void this.read(onRead);
    this.bus.onSignal(SPEND_CAPS_CHANGED, read);
    this.timer = setInterval(read, READ_EACH_MS);
    read();
  }

  end(): void {
    clearInterval(this.timer);
  }

  get areKnown(): boolean {
    return this.caps !== undefined;
  }

  /** Until billing has said which budgets are hard, each may be. */
  cover(workspaceId: string, environment: string): boolean {
    if (this.caps === undefined) return true;
    return this.caps.has(keyOf({ workspaceId })) || this.caps.has(keyOf({ workspaceId, environment }));
  }

  private async read(onRead: () => void): Promise<void> {
    try {
      const { caps } = await this.bus.request('billing.list-spend-caps', {});
      this.caps = new Set(caps.map(keyOf));
      onRead();
    } catch (error) {
      this.logger.warn({ err: error }, 'the spend caps are as they were heard last');
    }
  }
}

const keyOf = ({ workspaceId, environment }: SpendCap): string =>
  environment === undefined ? workspaceId : `${workspaceId}/${environment}`;
