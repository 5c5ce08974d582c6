import { refuse, RefusedError } from '@slipway/kernel';
import type { FunctionView } from '@slipway/contracts';
import {
  classNameUsedDetails,
  FunctionDefinition,
  FunctionGetByIdResponse,
  FunctionGetResponse,
} from '@slipway/protocol';
import { pinFunction } from '../../layout/pin-function.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { DetailedRefusedError } from '../rpc-status.js';
import { wrapDefinition } from './function-data.js';
import { functionHandle } from './function-handle.js';
import { readDefinition } from './read-definition.js';
import { webUrls, withWebUrls } from './web-urls.js';

type Parts = Pick<RpcParts, 'bus' | 'objects' | 'environments' | 'webRoutes' | 'webAddresses'>;

const described = async (parts: Parts, view: FunctionView) => {
  const { webRoutes, webAddresses } = parts;
  const answersHttp = view.spec.web !== undefined || view.spec.webMethods !== undefined;
  const routes = answersHttp ? await webRoutes.ofFunction(view.baseFunctionId ?? view.functionId) : [];
  const urls = webUrls(webAddresses, routes);
  const raw = withWebUrls(await readDefinition(parts, view), urls);
  return {
    functionId: view.functionId,
    handleMetadata: functionHandle(view.appId, FunctionDefinition.decode(raw), urls),
    function: wrapDefinition(raw),
  };
};

const isNotFound = (error: unknown): error is RefusedError =>
  error instanceof RefusedError && error.refusal.refused === 'not-found';

export const functionGet =
  (parts: Parts): UnaryRpc<'functionGet'> =>
  async ({ appName, objectTag: tag, environmentName, appVersion }, { caller }) => {
    const { workspaceId } = caller;
    const environment = await parts.environments.resolve(caller, environmentName);
    const version = appVersion === 0 ? {} : { version: appVersion };
    const place = { workspaceId, environment, appName, tag, ...version };
    try {
      const view = await parts.bus.request('scheduler.find-function', place);
      const functionId =
        appVersion === 0
          ? view.functionId
          : await pinFunction(parts.bus, workspaceId, view.functionId, appVersion);
      return FunctionGetResponse.fromPartial({ ...(await described(parts, view)), functionId });
    } catch (error) {
      if (!isNotFound(error) || error.refusal.code === 'version-not-found') throw error;
      const where = `in app '${appName}' (environment '${environment}')`;
      const isClass = await parts.bus.request('scheduler.find-class', place).then(
        () => true,
        () => false,
      );
      if (!isClass)
        throw new RefusedError(
          refuse(
            'not-found',
            'function-not-found',
            `No function '${tag}' ${where}; deploy it there or check the names`,
          ),
        );
      const message = `'${tag}' ${where} is a class, not a function.`;
      throw new DetailedRefusedError(
        refuse('not-found', 'class-name-used', message),
        classNameUsedDetails(message),
      );
    }
  };

export const functionGetById =
  (parts: Parts): UnaryRpc<'functionGetById'> =>
  async ({ functionId }, { caller: { workspaceId } }) =>
    FunctionGetByIdResponse.fromPartial(
      await described(parts, await parts.bus.request('scheduler.get-function', { workspaceId, functionId })),
    );
