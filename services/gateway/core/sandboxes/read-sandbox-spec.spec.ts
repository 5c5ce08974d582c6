import { readSandboxSpec, type SandboxRequest } from './read-sandbox-spec.js';

/** As clients send a sandbox of which nothing but its program is said. */
const request = (fields: Partial<SandboxRequest> = {}): SandboxRequest => ({
  entrypointArgs: ['sleep', '60'],
  imageId: 'im-1',
  mountIds: [],
  timeoutSecs: 300,
  blockNetwork: false,
  volumeMounts: [],
  cloudBucketMounts: [],
  access: 'open',
  cloudProviderStr: '',
  openPortsOneof: { value: { ports: [] } },
  inboundCidrAllowlist: [],
  enableSnapshot: false,
  i6pnEnabled: false,
  customDomain: '',
  includeOidcIdentityToken: false,
  experimentalOptions: {},
  experimentalOptionsV2: {},
  tags: [],
  ...fields,
});
const read = (fields?: Partial<SandboxRequest>) => readSandboxSpec('sb-1', request(fields), []);

test('a plain sandbox is one run of its program with an open network', () => {
  expect(read()).toMatchObject({ purpose: 'sandbox', network: 'open', program: { args: ['sleep', '60'] } });
  expect(read()).not.toHaveProperty('placement');
});

test.each<[Partial<SandboxRequest>, string]>([
  [{ access: 'listed' }, 'no-allow-lists'],
  [{ experimentalOutboundPolicy: {} }, 'no-outbound-policies'],
  [{ outboundPolicy: {} }, 'no-outbound-policies'],
  [{ inboundCidrAllowlist: ['10.0.0.0/8'] }, 'no-inbound-allow-lists'],
  [{ proxyId: 'pr-1' }, 'no-proxies'],
  [{ openPortsOneof: { value: { ports: [{ port: 8000 }] } } }, 'no-sandbox-ports'],
  [{ idleTimeoutSecs: 60 }, 'no-idle-timeout'],
  [{ name: 'one' }, 'no-sandbox-names'],
  [{ runtime: 'vm' }, 'no-sandbox-runtimes'],
  [{ enableSnapshot: true }, 'no-sandbox-snapshots'],
  [{ i6pnEnabled: true }, 'no-i6pn'],
  [{ customDomain: 'a.example' }, 'no-sandbox-domains'],
  [{ includeOidcIdentityToken: true }, 'no-identity-tokens'],
  [{ readinessProbe: {} }, 'no-readiness-probes'],
  [{ experimentalOptions: { one: true } }, 'no-experimental-options'],
  [{ experimentalOptionsV2: { one: 'True' } }, 'no-experimental-options'],
  [{ tags: [{}] }, 'no-sandbox-tags'],
])('%j is refused by name, not left out', (fields, code) => {
  expect(read(fields)).toMatchObject({ refused: 'unsupported', code });
});

test('a sandbox runs only where its client pins it', () => {
  expect(
    read({ cloudProviderStr: 'aws', schedulerPlacement: { regions: ['EU-West'], nonpreemptible: false } }),
  ).toMatchObject({
    placement: { regions: ['eu-west'], vendors: ['aws'], preemption: 'tolerated' },
  });
});
