import { DEFAULT_BUILDER_VERSION } from '@slipway/gateway-core';
import { ClientHelloResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';

/** A client's first word, by which it finds out whether its token is right. */
export const clientHello = (): UnaryRpc<'clientHello'> => async () =>
  ClientHelloResponse.fromPartial({ imageBuilderVersion: DEFAULT_BUILDER_VERSION });
