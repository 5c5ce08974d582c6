import { readFunctionSpec, type FunctionRequest } from './read-function-spec.js';

const request = (fields: Partial<FunctionRequest> = {}): FunctionRequest => ({
  functionName: 'f',
  imageId: 'im-1',
  mountIds: ['mo-1'],
  secretIds: ['st-1'],
  timeoutSecs: 0,
  startupTimeoutSecs: 0,
  warmPoolSize: 0,
  concurrencyLimit: 0,
  ExperimentalBufferContainers: 0,
  taskIdleTimeoutSecs: 0,
  maxConcurrentInputs: 0,
  targetConcurrentInputs: 0,
  batchMaxSize: 0,
  batchLingerMs: 0,
  blockNetwork: false,
  singleUseContainers: false,
  maxInputs: 0,
  isBuilderFunction: false,
  ...fields,
});

const resources = (gpuType: string) => ({
  memoryMb: 0,
  milliCpu: 0,
  memoryMbMax: 0,
  ephemeralDiskMb: 0,
  milliCpuMax: 0,
  gpuConfig: { type: 0, count: 1, gpuType },
});

test('what is not said gets the defaults', () => {
  expect(readFunctionSpec([request()])).toEqual({
    tag: 'f',
    imageId: 'im-1',
    mountIds: ['mo-1'],
    secretIds: ['st-1'],
    resources: { milliCpu: 125, memoryMiB: 128, gpus: [] },
    timeoutMs: 300_000,
    startupTimeoutMs: 300_000,
    autoscaler: { minContainers: 0, maxContainers: 0, bufferContainers: 0, scaledownWindowMs: 60_000 },
    maxConcurrentInputs: 1,
    targetConcurrentInputs: 1,
    network: 'open',
    lifetime: 'reused',
    purpose: 'serve',
  });
});

test('the GPUs of all choices are acceptable, in their order', () => {
  const spec = readFunctionSpec([
    request({ resources: resources('H100') }),
    request({ resources: resources('A100') }),
  ]);
  expect(spec).toMatchObject({
    resources: {
      gpus: [
        { type: 'H100', count: 1 },
        { type: 'A100-40GB', count: 1 },
      ],
    },
  });
});

test('an unknown GPU among the choices refuses the function', () => {
  expect(
    readFunctionSpec([request({ resources: resources('H100') }), request({ resources: resources('FOO') })]),
  ).toMatchObject({ refused: 'invalid', code: 'unknown-gpu' });
});

test('the autoscaler settings win over their older names', () => {
  const spec = readFunctionSpec([
    request({
      warmPoolSize: 1,
      taskIdleTimeoutSecs: 10,
      autoscalerSettings: { minContainers: 2, maxContainers: 5 },
    }),
  ]);
  expect(spec).toMatchObject({
    autoscaler: { minContainers: 2, maxContainers: 5, bufferContainers: 0, scaledownWindowMs: 10_000 },
  });
});

test('the target of concurrent inputs is never above their maximum', () => {
  expect(readFunctionSpec([request({ maxConcurrentInputs: 10, targetConcurrentInputs: 4 })])).toMatchObject({
    maxConcurrentInputs: 10,
    targetConcurrentInputs: 4,
  });
  expect(readFunctionSpec([request({ maxConcurrentInputs: 2, targetConcurrentInputs: 4 })])).toMatchObject({
    targetConcurrentInputs: 2,
  });
});

test('retries without a delay of their own wait one second', () => {
  const retryPolicy = { retries: 3, backoffCoefficient: 0, initialDelayMs: 0, maxDelayMs: 0 };
  expect(readFunctionSpec([request({ retryPolicy })])).toMatchObject({
    retryPolicy: { retries: 3, backoffCoefficient: 1, initialDelayMs: 1000, maxDelayMs: 60_000 },
  });
  expect(readFunctionSpec([request({ retryPolicy: { ...retryPolicy, retries: 0 } })])).not.toHaveProperty(
    'retryPolicy',
  );
});

test.each([
  [{ imageId: '' }, 'image-missing'],
  [{ functionName: '' }, 'function-name-missing'],
  [{ functionName: 'f'.repeat(513) }, 'function-name-too-long'],
])('%j is refused', (fields, code) => {
  expect(readFunctionSpec([request(fields)])).toMatchObject({ refused: 'invalid', code });
});

test('a bucket mount is refused by its path, not left out', () => {
  const cloudBucketMounts = [{ bucketName: 'b', mountPath: '/data' }];
  expect(readFunctionSpec([request({ cloudBucketMounts })])).toMatchObject({
    refused: 'unsupported',
    message: expect.stringContaining("CloudBucketMount('b') at '/data'"),
  });
});

test('a function whose access is restricted reaches nothing of the platform but its own work', () => {
  expect(readFunctionSpec([request({ untrusted: true })])).toMatchObject({ apiAccess: 'none' });
  expect(readFunctionSpec([request()])).not.toHaveProperty('apiAccess');
});

test.each([
  [{ ExperimentalGroupSize: 4, i6pnEnabled: true }, 'no-clusters', /'f' is clustered \(size=4\)/],
  [{ i6pnEnabled: true }, 'no-i6pn', /'f' asks for i6pn/],
  [{ isSessioned: true }, 'no-sessions', /'f' is @modal\.sessioned\(\)/],
])('what would let the code fail later is refused by name: %j', (asked, code, words) => {
  expect(readFunctionSpec([request(asked)])).toMatchObject({
    refused: 'unsupported',
    code,
    message: expect.stringMatching(words),
  });
});
