/** The parts of a definition that this platform accepts but does not act on yet. */
export type FeatureRequest = Readonly<{
  functionName: string;
  schedule?: unknown;
  webhookConfig?: Readonly<{ type: number }> | undefined;
  isServer: boolean;
  checkpointingEnabled: boolean;
}>;

/** One sentence for each thing that a user asked for and will not get, shown by the client when it deploys. */
export const unservedFeatures = (request: FeatureRequest): readonly string[] => [
  ...(request.schedule === undefined
    ? []
    : [`The schedule of '${request.functionName}' is kept but not run: this server has no scheduled calls.`]),
  ...(request.webhookConfig === undefined || request.webhookConfig.type === 0
    ? []
    : [
        `'${request.functionName}' gets no URL: this server has no web endpoints. It can be called as a function.`,
      ]),
  ...(request.isServer
    ? [`'${request.functionName}' is not reachable: this server has no server functions.`]
    : []),
  ...(request.checkpointingEnabled
    ? [`'${request.functionName}' starts without a memory snapshot: this server makes none.`]
    : []),
];
