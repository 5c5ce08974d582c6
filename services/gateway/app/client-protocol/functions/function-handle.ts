import type { AppId } from '@slipway/contracts';
import {
  FunctionHandleMetadata,
  type DataFormat,
  type FunctionDefinition_FunctionType,
  type MethodDefinition,
} from '@slipway/protocol';

import type { WebUrls } from './web-urls.js';

/** What a definition and the announcement of one have in common. */
export type DescribedFunction = Readonly<{
  functionName: string;
  functionType: FunctionDefinition_FunctionType;
  methodDefinitions: Readonly<Record<string, MethodDefinition>>;
  isMethod?: boolean;
  functionSchema?: Buffer | undefined;
  classParameterInfo?: Buffer | undefined;
  supportedInputFormats: readonly DataFormat[];
  supportedOutputFormats: readonly DataFormat[];
  isServer?: boolean;
}>;

/** What a client must know to call a function; formats go back as they came, for other languages choose by them. */
export const functionHandle = (
  appId: AppId,
  described: DescribedFunction,
  urls: WebUrls = {},
): FunctionHandleMetadata =>
  FunctionHandleMetadata.fromPartial({
    ...(urls['']?.webUrl === undefined
      ? {}
      : described.isServer
        ? { ExperimentalFlashUrls: [urls[''].webUrl] }
        : { webUrl: urls[''].webUrl }),
    functionName: described.functionName,
    functionType: described.functionType,
    isMethod: described.isMethod ?? false,
    functionSchema: described.functionSchema,
    classParameterInfo: described.classParameterInfo,
    supportedInputFormats: [...described.supportedInputFormats],
    supportedOutputFormats: [...described.supportedOutputFormats],
    appId,
    methodHandleMetadata: Object.fromEntries(
      Object.entries(described.methodDefinitions).map(([name, method]) => [
        name,
        methodHandle(appId, name, method, urls[name]?.webUrl),
      ]),
    ),
  });

const methodHandle = (
  appId: AppId,
  name: string,
  method: MethodDefinition,
  webUrl?: string,
): FunctionHandleMetadata =>
  FunctionHandleMetadata.fromPartial({
    functionName: method.functionName,
    functionType: method.functionType,
    ...(webUrl === undefined ? {} : { webUrl }),
    isMethod: true,
    // Without it inputs arrive with no method, and the container fails.
    useMethodName: name,
    functionSchema: method.functionSchema,
    supportedInputFormats: method.supportedInputFormats,
    supportedOutputFormats: method.supportedOutputFormats,
    appId,
  });
