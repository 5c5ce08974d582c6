import { findCompose } from '../platform/docker/find-compose.ts';
import type { Finding } from './finding.ts';
import { judgeUser } from './judge-user.ts';

/** Whether this user may have containers isolated, and by which way. */
export const lookAtUser = async (): Promise<Finding> =>
  judgeUser(process.getuid?.() === 0 ? { isRoot: true } : { isRoot: false, compose: await findCompose() });
