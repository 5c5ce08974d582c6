import type { TakenInput, TaskAssignment } from '@slipway/contracts';
import { ContainerSession } from './container-session.js';

const nothing = (): void => undefined;
const sessionWith = (...inputIds: readonly string[]): ContainerSession => {
  const session = new ContainerSession({ inputTimeoutMs: 60_000 } as TaskAssignment, {
    ...{ onHello: nothing, onReady: nothing, onInitFailure: nothing },
    ...{ onLeaving: nothing, onOverdue: nothing, onHeld: nothing },
  });
  session.take(
    inputIds.map((inputId) => ({ inputId, callId: 'fc-1' }) as TakenInput),
    0,
  );
  return session;
};

test('a container that was told to cancel an input, or was interrupted, may end inputs that nobody cancelled; one that takes no more does not', () => {
  const cancelling = sessionWith('in-1', 'in-2');
  const stopping = sessionWith('in-1');
  expect([cancelling.interrupted, stopping.interrupted]).toEqual([false, false]);
  cancelling.cancel(['in-1']);
  stopping.takeNoMore();
  expect(stopping.interrupted).toBe(false);
  stopping.interrupt();
  expect([cancelling.interrupted, stopping.interrupted]).toEqual([true, true]);
  cancelling.close();
  stopping.close();
});

test('it holds what it was told to cancel until that has ended', async () => {
  const session = sessionWith('in-1', 'in-2');
  session.cancel(['in-1']);
  expect(session.holdsCancelled).toBe(true);
  await session.settleWhile(['in-1'], () => Promise.resolve());
  expect([session.holdsCancelled, session.interrupted]).toEqual([false, true]);
  session.close();
});
