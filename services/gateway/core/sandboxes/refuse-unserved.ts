import { refuse, type Refusal } from '@slipway/kernel';

/** What a client may ask of a sandbox that this server cannot give; to leave it out silently would leave the sandbox more open than asked. */
export type UnservedRequest = Readonly<{
  access: 'open' | 'blocked' | 'listed';
  cloudBucketMounts: readonly unknown[];
  inboundCidrAllowlist: readonly string[];
  experimentalOutboundPolicy?: unknown;
  outboundPolicy?: unknown;
  proxyId?: string | undefined;
  openPortsOneof?: Readonly<{ value: Readonly<{ ports: readonly unknown[] }> }> | undefined;
  idleTimeoutSecs?: number | undefined;
  name?: string | undefined;
  runtime?: string | undefined;
  enableSnapshot: boolean;
  i6pnEnabled: boolean;
  customDomain: string;
  includeOidcIdentityToken: boolean;
  readinessProbe?: unknown;
  /** Of the Go client; others send the next ones. */
  experimentalOptions: Readonly<Record<string, boolean>>;
  experimentalOptionsV2: Readonly<Record<string, string>>;
  tags: readonly unknown[];
}>;

type Rule = readonly [isAsked: (request: UnservedRequest) => boolean, code: string, message: string];

const RULES: readonly Rule[] = [
  [
    ({ cloudBucketMounts }) => cloudBucketMounts.length > 0,
    'no-bucket-mounts',
    'This server does not mount cloud buckets in sandboxes.',
  ],
  [
    ({ access }) => access === 'listed',
    'no-allow-lists',
    'This server has no allow-lists of addresses for sandboxes; use block_network or leave the network open.',
  ],
  [
    ({ experimentalOutboundPolicy, outboundPolicy }) =>
      experimentalOutboundPolicy !== undefined || outboundPolicy !== undefined,
    'no-outbound-policies',
    'This server has no outbound policies for sandboxes; use block_network or leave the network open.',
  ],
  [
    ({ inboundCidrAllowlist }) => inboundCidrAllowlist.length > 0,
    'no-inbound-allow-lists',
    'This server has no inbound allow-lists for sandboxes; leave inbound_cidr_allowlist out: no port of a sandbox is open to the outside.',
  ],
  [
    ({ proxyId = '' }) => proxyId !== '',
    'no-proxies',
    'This server has no proxies; leave proxy out, and the sandbox goes out by the address of its host.',
  ],
  [
    ({ openPortsOneof }) => (openPortsOneof?.value.ports.length ?? 0) > 0,
    'no-sandbox-ports',
    'This server opens no ports of sandboxes; leave the ports out, or serve from a function with modal.web_server.',
  ],
  [
    ({ idleTimeoutSecs = 0 }) => idleTimeoutSecs > 0,
    'no-idle-timeout',
    'This server does not end idle sandboxes; leave idle_timeout out and use timeout or terminate().',
  ],
  [
    ({ name = '' }) => name !== '',
    'no-sandbox-names',
    'This server has no names of sandboxes; leave name out and keep the object_id, which Sandbox.from_id takes.',
  ],
  [
    ({ runtime = '' }) => runtime !== '',
    'no-sandbox-runtimes',
    'This server lets no sandbox choose its runtime; leave runtime out, and its host takes the strongest isolation that it has.',
  ],
  [
    ({ enableSnapshot }) => enableSnapshot,
    'no-sandbox-snapshots',
    'This server takes no memory snapshots of sandboxes; leave enable_snapshot out.',
  ],
  [
    ({ i6pnEnabled }) => i6pnEnabled,
    'no-i6pn',
    'This server has no private network between containers; leave i6pn out.',
  ],
  [
    ({ customDomain }) => customDomain !== '',
    'no-sandbox-domains',
    'This server gives sandboxes no domains; leave custom_domain out, or serve from a function with modal.web_server.',
  ],
  [
    ({ includeOidcIdentityToken }) => includeOidcIdentityToken,
    'no-identity-tokens',
    'This server gives sandboxes no identity tokens; leave include_oidc_identity_token out.',
  ],
  [
    ({ readinessProbe }) => readinessProbe !== undefined,
    'no-readiness-probes',
    'This server probes no sandboxes; leave readiness_probe out, and ask the program itself with exec().',
  ],
  [
    ({ experimentalOptions, experimentalOptionsV2 }) =>
      Object.keys({ ...experimentalOptions, ...experimentalOptionsV2 }).length > 0,
    'no-experimental-options',
    'This server has no experimental options of sandboxes; leave experimental_options out.',
  ],
  [
    ({ tags }) => tags.length > 0,
    'no-sandbox-tags',
    'This server has no tags of sandboxes; leave tags out and keep the object_id, which Sandbox.from_id takes.',
  ],
];

/** The refusal of the first thing that is asked for and cannot be given. */
export const refuseUnserved = (request: UnservedRequest): Refusal | undefined => {
  const rule = RULES.find(([isAsked]) => isAsked(request));
  return rule && refuse('unsupported', rule[1], rule[2]);
};
