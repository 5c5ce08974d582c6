import { ModalClientService, type HeaderLookup } from '@slipway/protocol';
import type { RpcName } from './rpc.js';

/** What a client without a token may ask; a wrong token is refused here too, for that is how clients try theirs. */
const OPEN_RPCS: readonly RpcName[] = ['clientHello', 'tokenFlowCreate', 'tokenFlowWait'];
const OPEN_PATHS: ReadonlySet<string> = new Set(OPEN_RPCS.map((name) => ModalClientService[name].path));

/** Whether this is asked by nobody that we know, and may be. */
export const isAskedByNobody = (path: string, header: HeaderLookup): boolean =>
  OPEN_PATHS.has(path) && header('x-modal-token-id') === undefined;
