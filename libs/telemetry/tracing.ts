/**
 * Starts OpenTelemetry when OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise the SDK is not even loaded,
 * for it costs a second of start-up and 40 MB.
 */
export const startTracing = async (service: string, otlpEndpoint: string | undefined): Promise<void> => {
  if (otlpEndpoint === undefined || otlpEndpoint === '') return;
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  new NodeSDK({ serviceName: `slipway-${service}` }).start();
};
