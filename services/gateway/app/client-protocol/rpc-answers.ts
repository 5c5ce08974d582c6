import type { RpcAnswers } from './rpc.js';
import type { RpcParts } from './rpc-parts.js';
import { accountAnswers } from './accounts/account-answers.js';
import { environmentAnswers } from './environments/environment-answers.js';
import { sessionAnswers } from './session/session-answers.js';
import { appAnswers } from './apps/app-answers.js';
import { billingAnswers } from './billing/billing-answers.js';
import { fileAnswers } from './files/file-answers.js';
import { dictAnswers } from './dicts/dict-answers.js';
import { queueAnswers } from './queues/queue-answers.js';
import { secretAnswers } from './secrets/secret-answers.js';
import { imageAnswers } from './images/image-answers.js';
import { functionAnswers } from './functions/function-answers.js';
import { proxyTokenAnswers } from './proxy-tokens/proxy-token-answers.js';
import { callAnswers } from './calls/call-answers.js';
import { volumeAnswers } from './volumes/volume-answers.js';
import { logAnswers } from './logs/log-answers.js';
import { sandboxAnswers } from './sandboxes/sandbox-answers.js';
import { serverAnswers } from './servers/server-answers.js';
import { containerAnswers } from './containers/container-answers.js';

/** Which function answers which rpc of the schema: each folder says its own. */
export const rpcAnswers = (parts: RpcParts): RpcAnswers => ({
  ...sessionAnswers(parts),
  ...accountAnswers(parts),
  ...environmentAnswers(parts),
  ...appAnswers(parts),
  ...fileAnswers(parts),
  ...secretAnswers(parts),
  ...dictAnswers(parts),
  ...queueAnswers(parts),
  ...imageAnswers(parts),
  ...functionAnswers(parts),
  ...callAnswers(parts),
  ...volumeAnswers(parts),
  ...logAnswers(parts),
  ...proxyTokenAnswers(parts),
  ...sandboxAnswers(parts),
  ...serverAnswers(parts),
  ...billingAnswers(parts),
  ...containerAnswers(parts),
});
