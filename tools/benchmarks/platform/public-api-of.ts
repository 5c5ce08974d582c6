import { openPublicApi, type PublicApi } from '../../platform/open-public-api.ts';
import type { ClientEnvironment } from '../client/client-environment.ts';

/** `/v1` of the platform that a benchmark runs on. */
export const publicApiOf = (environment: ClientEnvironment): PublicApi =>
  openPublicApi({
    url: environment.MODAL_SERVER_URL,
    tokenId: environment.MODAL_TOKEN_ID,
    tokenSecret: environment.MODAL_TOKEN_SECRET,
  });
