import type { AppId, CallId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

export type User = AppId | CallId;

/** Who uses what: mounts, or objects. */
export interface Uses {
  /** In their order, those that come after `after`. */
  users(page: Readonly<{ notedBefore: Instant; after: string; limit: number }>): Promise<readonly User[]>;
  /** Their uses are over, unless noted anew; what they used was used until `at`. */
  forgetUsers(users: readonly User[], when: Readonly<{ notedBefore: Instant; at: Instant }>): Promise<void>;
}
