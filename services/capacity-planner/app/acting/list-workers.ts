import type { AnswerOf, AskOf, WorkerView } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';

const PAGE = 1_000;

/** All workers that the scheduler knows, however many: a message holds some thousands. One that is there all the while is in it once. */
export const listWorkers = async (bus: Pick<Bus, 'request'>): Promise<readonly WorkerView[]> => {
  const workers: WorkerView[] = [];
  let ask: AskOf<'scheduler.list-workers'> | undefined = { limit: PAGE };
  while (ask !== undefined) {
    const page: AnswerOf<'scheduler.list-workers'> = await bus.request('scheduler.list-workers', ask);
    workers.push(...page.workers);
    const { nextAfterWorkerId } = page;
    ask = nextAfterWorkerId === undefined ? undefined : { limit: PAGE, afterWorkerId: nextAfterWorkerId };
  }
  return workers;
};
