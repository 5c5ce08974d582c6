import { appCreate } from './app-create.rpc.js';
import { appClientDisconnect, appHeartbeat, appStop } from './app-end.rpc.js';
import { appGetLayout } from './app-get-layout.rpc.js';
import { appGetOrCreate } from './app-get-or-create.rpc.js';
import { appGetByDeploymentName, appGetLifecycle, appList } from './app-lookup.rpc.js';
import { appPublish } from './app-publish.rpc.js';
import { appDeploymentHistory } from './app-deployment-history.rpc.js';
import { appGetInfo } from './app-get-info.rpc.js';
import { appGetTimeRangeStats } from './app-get-time-range-stats.rpc.js';
import { appPromote, appRollback, appRollover } from './app-redeploy.rpc.js';
import { appGetTags, appSetTags } from './app-tags.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about apps. */
export const appAnswers = (parts: RpcParts) => ({
  appCreate: appCreate(parts),
  appGetOrCreate: appGetOrCreate(parts),
  appGetByDeploymentName: appGetByDeploymentName(parts),
  appGetLayout: appGetLayout(parts),
  appGetLifecycle: appGetLifecycle(parts),
  appGetTags: appGetTags(parts),
  appSetTags: appSetTags(parts),
  appGetInfo: appGetInfo(parts),
  appGetTimeRangeStats: appGetTimeRangeStats(parts),
  appDeploymentHistory: appDeploymentHistory(parts),
  appRollback: appRollback(parts),
  appRollover: appRollover(parts),
  appPromote: appPromote(parts),
  appHeartbeat: appHeartbeat(parts),
  appList: appList(parts),
  appPublish: appPublish(parts),
  appClientDisconnect: appClientDisconnect(parts),
  appStop: appStop(parts),
});
