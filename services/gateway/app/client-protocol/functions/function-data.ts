import { FunctionData, FunctionDefinition, withoutFields } from '@slipway/protocol';

/** Numbers of function_serialized and class_serialized: megabytes that no caller needs back. */
const CODE_FIELDS = [6, 23];

/** A definition without the pickled code. */
export const withoutCode = (raw: Buffer): Buffer => withoutFields(raw, CODE_FIELDS);

/** A definition in the form in which lookups answer it: its plain facts, and itself as the one choice of machine. */
export const wrapDefinition = (raw: Buffer): Buffer => {
  const definition = FunctionDefinition.decode(raw);
  const data = FunctionData.fromPartial({
    moduleName: definition.moduleName,
    functionName: definition.functionName,
    implementationName: definition.implementationName,
    functionType: definition.functionType,
    warmPoolSize: definition.warmPoolSize,
    concurrencyLimit: definition.concurrencyLimit,
    taskIdleTimeoutSecs: definition.taskIdleTimeoutSecs,
    timeoutSecs: definition.timeoutSecs,
    startupTimeoutSecs: definition.startupTimeoutSecs,
    webUrl: definition.webUrl,
    webUrlInfo: definition.webUrlInfo,
    customDomainInfo: definition.customDomainInfo,
    webhookConfig: definition.webhookConfig,
    isClass: definition.isClass,
    isServer: definition.isServer,
    isSessioned: definition.isSessioned,
    isMethod: definition.isMethod,
    classParameterInfo: definition.classParameterInfo,
    methodDefinitions: definition.methodDefinitions,
    methodDefinitionsSet: definition.methodDefinitionsSet,
    autoscalerSettings: definition.autoscalerSettings,
    functionSchema: definition.functionSchema,
    supportedInputFormats: definition.supportedInputFormats,
    supportedOutputFormats: definition.supportedOutputFormats,
    experimentalOptions: definition.experimentalOptions,
    ExperimentalGroupSize: definition.ExperimentalGroupSize,
    flashServiceUrls: definition.flashServiceUrls,
    schedule: definition.schedule,
    httpConfig: definition.httpConfig,
    routingRegion: definition.routingRegion,
    untrusted: definition.untrusted,
    rankedFunctions: [{ rank: 0, function: withoutCode(raw) }],
  });
  return Buffer.from(FunctionData.encode(data).finish());
};

/** The same for a definition that came with several machines to choose from. */
export const withoutCodeOfRanked = (raw: Buffer): Buffer => {
  const data = FunctionData.decode(raw);
  const rankedFunctions = data.rankedFunctions.map((ranked) => ({
    ...ranked,
    ...(ranked.function ? { function: withoutCode(ranked.function) } : {}),
  }));
  return Buffer.from(FunctionData.encode({ ...data, rankedFunctions }).finish());
};
