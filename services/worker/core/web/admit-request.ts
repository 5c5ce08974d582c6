/** What a task's door looks like to a request that comes in. */
export type WebDoor = Readonly<{
  state: 'closed' | 'open' | 'draining';
  /** Requests inside now, open WebSockets included. */
  inside: number;
  maxRequests: number;
}>;

export type Admission = 'admitted' | 'gone' | 'draining' | 'busy';

/** Whether a request may go in. Whatever is refused here has not been started, and may be sent to another task. */
export const admitRequest = ({ state, inside, maxRequests }: WebDoor): Admission => {
  switch (state) {
    case 'closed':
      return 'gone';
    case 'draining':
      return 'draining';
    case 'open':
      return inside < maxRequests ? 'admitted' : 'busy';
    default:
      return state satisfies never;
  }
};
