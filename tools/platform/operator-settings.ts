/** What every process may be told: where telemetry goes, and how this machine's network is reached. */
const ofAll =
  /^(OTEL_\w+|SLIPWAY_HEALTH_HOST|(https?|no|all)_proxy|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|NODE_USE_ENV_PROXY)$/i;

/** What this machine's package tools are told, builds are told too. */
const ofPackageTools =
  /^((PIP|UV)_\w+|NPM_CONFIG_(REGISTRY|\w*PROXY|STRICT_SSL)|(REQUESTS|CURL|AWS)_CA_BUNDLE|GIT_SSL_CAINFO)$/i;

const ofEach: Readonly<Record<string, RegExp>> = {
  gateway: /^(GATEWAY_\w+|BLOB_STORE_PUBLIC_URL|SLIPWAY_(FORMER_MASTER_KEYS|WEB_\w+|LOG_RETENTION_\w+))$/,
  scheduler: /^SCHEDULER_/,
  'image-builder': /^IMAGE_BUILDER_/,
  'blob-store': /^BLOB_STORE_/,
  'capacity-planner': /^CAPACITY_PLANNER_/,
  billing: /^BILLING_/,
  worker: /^WORKER_/,
  'simulated-cloud': /^(SIMULATED_CLOUD|WORKER)_/,
};

/** Is it a setting of a service alone? What other programs of this machine read as well is none. */
export const isServiceSetting = (name: string): boolean =>
  Object.values(ofEach).some((names) => names.test(name));

/** Is this variable one by which an operator sets up some service? */
export const isSetting = (name: string): boolean =>
  ofAll.test(name) || ofPackageTools.test(name) || isServiceSetting(name);

/** What of the operator's environment is for one service: no other one is told, or starts anew when it changes. */
export const settingsOf = (service: string, environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && isFor(service, name) ? [[name, value]] : [],
    ),
  );

const isFor = (service: string, name: string): boolean =>
  ofAll.test(name) ||
  ofEach[service]?.test(name) === true ||
  (service === 'image-builder' && ofPackageTools.test(name));
