import { ModalClientService } from '@slipway/protocol';
import { rpcAnswers } from './rpc-answers.js';
import type { RpcParts } from './rpc-parts.js';

const answers = rpcAnswers({} as RpcParts) as Record<string, unknown>;

test.each(Object.keys(ModalClientService))('%s has an answer', (name) => {
  expect(typeof answers[name]).toBe('function');
});
