import { appCreate } from './app-create.rpc.js';
import { appClientDisconnect, appHeartbeat, appStop } from './app-end.rpc.js';
import { appGetLayout } from './app-get-layout.rpc.js';
import { appGetOrCreate } from './app-get-or-create.rpc.js';
import { appGetByDeploymentName, appGetLifecycle, appGetTags, appList } from './app-lookup.rpc.js';
import { appPublish } from './app-publish.rpc.js';
import { notServed } from '../not-served.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about apps. */
export const appAnswers = (parts: RpcParts) => ({
  appCreate: appCreate(parts),
  appGetOrCreate: appGetOrCreate(parts),
  appGetByDeploymentName: appGetByDeploymentName(parts),
  appGetLayout: appGetLayout(parts),
  appGetLifecycle: appGetLifecycle(parts),
  appGetTags: appGetTags(parts),
  appSetTags: notServed('appSetTags'),
  appHeartbeat: appHeartbeat(parts),
  appList: appList(parts),
  appPublish: appPublish(parts),
  appClientDisconnect: appClientDisconnect(parts),
  appStop: appStop(parts),
});
