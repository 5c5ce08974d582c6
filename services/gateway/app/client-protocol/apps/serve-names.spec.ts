import type { AppLifetime } from '@slipway/contracts';
import type { EnvironmentStanding } from '@slipway/gateway-core';
import { FunctionDefinition, WebhookType } from '@slipway/protocol';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { Environments } from '../../store/environments.js';
import { openStore } from '../../store/open-store.js';
import { WebRoutes } from '../../store/web-routes.js';
import { Workspaces } from '../../store/workspaces.js';
import { WebAddresses } from '../../web-front/web-addresses.js';
import { announceWebUrls, type AnnouncedUrls } from '../functions/announce-web-urls.js';
import type { RpcCall } from '../rpc.js';
import { serveNames, type ServingParts } from './serve-names.js';

const workspaceId = 'ac-1';

type App = {
  environment: string;
  lifetime: AppLifetime;
  state: 'running' | 'stopped';
  description: string;
  serves: readonly FunctionDefinition[];
  version: number;
  /** What is published as soon as somebody has read what serves. */
  next?: readonly FunctionDefinition[];
};
const apps: Record<string, App> = {};
const definitions = new Map<string, FunctionDefinition>();

let webRoutes: WebRoutes;
let environments: Environments;
let workspaces: Workspaces;
overPostgres(openStore, async (orm) => {
  environments = new Environments(orm);
  workspaces = new Workspaces(orm);
  webRoutes = new WebRoutes(orm);
  await orm.em.fork().execute(`insert into gateway.workspaces values ('${workspaceId}', 'acme', 'main', 0)`);
  for (const name of ['dev', 'prod']) await environments.getOrCreate(workspaceId, name);
});

const callerWith = (environmentRoles: Readonly<Record<string, EnvironmentStanding>>) =>
  ({
    kind: 'token',
    workspaceId,
    workspaceName: 'acme',
    principal: { name: 'ada', role: 'member' },
    environmentRoles,
    roleElsewhere: 'no-access',
  }) as unknown as RpcCall['caller'];
const ofBoth = callerWith({ dev: 'contributor', prod: 'contributor' });
const ofDev = callerWith({ dev: 'contributor', prod: 'viewer' });

const functionIdOf = (appId: string, { functionName }: FunctionDefinition) => `fu-${appId}-${functionName}`;
const listOf = (appId: string) => {
  const app = apps[appId]!;
  const functions = app.serves.map((definition) => {
    const definitionDigest = `${definitions.size}`;
    definitions.set(definitionDigest, definition);
    const functionId = functionIdOf(appId, definition);
    return { functionId, spec: definition.webhookConfig ? { web: {} } : {}, definitionDigest };
  });
  const { next, ...served } = app;
  if (next) apps[appId] = { ...served, serves: next, version: app.version + 1 };
  return { functions };
};
const parts = () =>
  ({
    bus: {
      request: async (name: string, { appId }: { appId: string }) =>
        name === 'scheduler.list-functions' ? listOf(appId) : { appId, workspaceId, ...apps[appId] },
    },
    objects: {
      getBytes: async (digest: string) => FunctionDefinition.encode(definitions.get(digest)!).finish(),
    },
    webRoutes,
    environments,
    workspaces,
    webAddresses: new WebAddresses(
      { publicUrl: 'http://localhost:1', webDomain: 'localhost', domainProof: 'of-others' },
      async () => [],
    ),
  }) as unknown as ServingParts;

let made = 0;
const newApp = (environment: string, lifetime: AppLifetime = 'deployed'): string => {
  const appId = `ap-${(made += 1)}`;
  apps[appId] = {
    environment,
    lifetime,
    state: 'running',
    description: `app ${made}`,
    serves: [],
    version: 1,
  };
  return appId;
};
const page = (names: { label?: string; domains?: readonly string[]; functionName?: string } = {}) =>
  FunctionDefinition.fromPartial({
    functionName: names.functionName ?? 'shop',
    webhookConfig: {
      type: WebhookType.FUNCTION,
      requestedSuffix: names.label ?? '',
      customDomains: (names.domains ?? []).map((name) => ({ name })),
    },
  });
const announce = (appId: string, definition: FunctionDefinition, caller = ofBoth): Promise<AnnouncedUrls> =>
  announceWebUrls(parts(), caller, { appId, functionId: functionIdOf(appId, definition) }, definition);
const deploy = async (appId: string, definition: FunctionDefinition, caller = ofBoth) => {
  const announced = await announce(appId, definition, caller);
  apps[appId]!.serves = [definition];
  return { ...announced, publishWarnings: await serveNames(parts(), caller, appId, 'take') };
};
const rollBack = (appId: string, ...definitions: readonly FunctionDefinition[]) => {
  apps[appId]!.serves = definitions;
  return serveNames(parts(), ofBoth, appId, 'leave');
};
const holderOf = async (host: string): Promise<string | undefined> => (await webRoutes.find(host))?.appId;

test('what is announced takes no name from what serves, and holds none itself', async () => {
  const app = newApp('dev');
  await deploy(app, page({ label: 'first', domains: ['kept.example.com'] }));
  const { urls } = await announce(app, page({ label: 'second', domains: ['new.example.com'] }));
  expect(urls['']).toMatchObject({
    webUrl: 'http://acme-dev--second.localhost:1',
    customDomainInfo: [{ url: 'http://new.example.com:1' }],
  });
  for (const host of ['acme-dev--first', 'kept.example.com']) expect(await holderOf(host)).toBe(app);
  for (const host of ['acme-dev--second', 'new.example.com']) expect(await holderOf(host)).toBeUndefined();
});

test('a label of another app is still its own until the deployment that wants it is published', async () => {
  const [older, newer] = [newApp('dev'), newApp('dev')];
  await deploy(older, page({ label: 'moved' }));
  const { urls } = await announce(newer, page({ label: 'moved' }));
  expect(urls['']).toMatchObject({
    webUrl: 'http://acme-dev--moved.localhost:1',
    webUrlInfo: { labelStolen: true },
  });
  expect(await holderOf('acme-dev--moved')).toBe(older);
  await deploy(newer, page({ label: 'moved' }));
  expect(await holderOf('acme-dev--moved')).toBe(newer);
});

test('what is published has its names alone, and a version that serves again has those of its own', async () => {
  const app = newApp('dev');
  const before = page({ label: 'old', domains: ['old.example.com'] });
  await deploy(app, before);
  await deploy(app, page({ label: 'new' }));
  expect(await holderOf('acme-dev--new')).toBe(app);
  for (const host of ['acme-dev--old', 'old.example.com']) expect(await holderOf(host)).toBeUndefined();
  expect(await rollBack(app, before)).toEqual([]);
  for (const host of ['acme-dev--old', 'old.example.com']) expect(await holderOf(host)).toBe(app);
  expect(await holderOf('acme-dev--new')).toBeUndefined();
});

test('a label moves from one function of an app to another', async () => {
  const app = newApp('dev');
  await deploy(app, page({ label: 'stays' }));
  const renamed = page({ label: 'stays', functionName: 'renamed' });
  expect(await deploy(app, renamed)).toMatchObject({
    urls: { '': { webUrl: 'http://acme-dev--stays.localhost:1', webUrlInfo: { labelStolen: false } } },
    publishWarnings: [],
  });
  expect(await webRoutes.ofFunction(functionIdOf(app, renamed))).toMatchObject([{ host: 'acme-dev--stays' }]);
});

test('a version that is published while an earlier one gets its names has the last word', async () => {
  const app = newApp('dev');
  apps[app]!.next = [page({ label: 'later' })];
  await rollBack(app, page({ label: 'earlier' }));
  expect(await holderOf('acme-dev--later')).toBe(app);
  expect(await holderOf('acme-dev--earlier')).toBeUndefined();
});

test.each([
  ['is no longer a web endpoint', [FunctionDefinition.fromPartial({ functionName: 'shop' })]],
  ['is no longer there', []],
])('a function that %s keeps no name', async (_, after) => {
  const app = newApp('dev');
  await deploy(app, page({ label: 'gone' }));
  await rollBack(app, ...after);
  expect(await holderOf('acme-dev--gone')).toBeUndefined();
});

test('a version that serves again leaves others what they serve by now, and says so', async () => {
  const [app, other] = [newApp('dev'), newApp('dev')];
  const definition = page({ label: 'wanted', domains: ['wanted.example.com'] });
  await deploy(app, definition);
  await deploy(app, page());
  await deploy(other, definition);
  const warnings = await rollBack(app, definition);
  expect(warnings).toEqual([
    expect.stringMatching(
      /^The label 'acme-dev--wanted' is another app's by now: '.*' answers under 'acme-dev--wanted-\w{6}'/,
    ),
    expect.stringContaining(
      "The domain 'wanted.example.com' stays with what is deployed in environment 'dev'",
    ),
  ]);
  for (const host of ['acme-dev--wanted', 'wanted.example.com']) expect(await holderOf(host)).toBe(other);
  expect((await webRoutes.ofFunction(functionIdOf(app, definition))).map(({ host }) => host)).toEqual([
    expect.stringMatching(/^acme-dev--wanted-\w{6}$/),
  ]);
  apps[other]!.state = 'stopped';
  expect(await rollBack(app, definition)).toEqual([]);
  for (const host of ['acme-dev--wanted', 'wanted.example.com']) expect(await holderOf(host)).toBe(app);
});

test('of two endpoints of an earlier version that want one label, one has it, and the other is told of', async () => {
  const app = newApp('dev');
  const [one, other] = ['one', 'other'].map((functionName) => page({ label: 'both', functionName }));
  expect(await rollBack(app, one!, other!)).toEqual([
    expect.stringContaining("does not answer under 'acme-dev--both'"),
  ]);
  expect(await webRoutes.ofFunction(functionIdOf(app, one!))).toMatchObject([{ host: 'acme-dev--both' }]);
});

test("another environment's domain is taken only by who could also release it there", async () => {
  const domain = 'shop.example.com';
  const [prod, dev] = [newApp('prod'), newApp('dev')];
  await deploy(prod, page({ domains: [domain] }));
  await expect(deploy(dev, page({ domains: [domain] }), ofDev)).rejects.toThrow("environment 'prod'");
  expect(await holderOf(domain)).toBe(prod);
  await deploy(dev, page({ domains: [domain] }));
  expect(await holderOf(domain)).toBe(dev);
});

test('a domain that is refused only once the deployment serves is told of', async () => {
  const domain = 'late.example.com';
  const [prod, dev] = [newApp('prod'), newApp('dev')];
  await deploy(prod, page({ domains: [domain] }));
  apps[dev]!.serves = [page({ domains: [domain] })];
  expect(await serveNames(parts(), ofDev, dev, 'take')).toEqual([
    expect.stringMatching(/does not answer under the domain 'late.example.com'.* environment 'prod'/),
  ]);
});

test('a run leaves the domain to what is deployed, says so once, and answers under its own URL', async () => {
  const domain = 'run.example.com';
  const [deployed, run] = [newApp('dev'), newApp('dev', 'ephemeral')];
  await deploy(deployed, page({ domains: [domain] }));
  const { urls, warnings, publishWarnings } = await deploy(run, page({ domains: [domain] }));
  expect(urls['']).toMatchObject({
    webUrl: expect.stringMatching(/-dev\.localhost:1$/),
    customDomainInfo: [],
  });
  expect(warnings).toEqual([expect.stringContaining(`The domain '${domain}' stays`)]);
  expect(publishWarnings).toEqual([]);
  expect(await holderOf(domain)).toBe(deployed);
});

test('a run has a domain that nobody else serves, and what is deployed takes it from there', async () => {
  const domain = 'first.example.com';
  const [run, deployed] = [newApp('dev', 'ephemeral'), newApp('dev')];
  expect((await deploy(run, page({ domains: [domain] }), ofDev)).warnings).toEqual([]);
  expect(await holderOf(domain)).toBe(run);
  await deploy(deployed, page({ domains: [domain] }), ofDev);
  expect(await holderOf(domain)).toBe(deployed);
});

test('a run that has ended keeps no domain from another environment', async () => {
  const domain = 'ended.example.com';
  const [run, deployed] = [newApp('prod', 'ephemeral'), newApp('dev')];
  await deploy(run, page({ domains: [domain] }));
  apps[run]!.state = 'stopped';
  await deploy(deployed, page({ domains: [domain] }), ofDev);
  expect(await holderOf(domain)).toBe(deployed);
});

test("a URL follows from the environment's web suffix, whichever environment is the default", async () => {
  const app = newApp('dev');
  const label = async (): Promise<string> =>
    (await announce(app, page())).urls['']!.webUrl.replace(/^http:\/\/(.*)--.*/, '$1');
  expect(await label()).toBe('acme-dev');
  await workspaces.setDefaultEnvironment(workspaceId, 'dev');
  expect(await label()).toBe('acme-dev');
  for (const [webSuffix, expected] of Object.entries({ next: 'acme-next', '': 'acme' })) {
    await environments.update(workspaceId, 'dev', { webSuffix }, async () => undefined);
    expect(await label()).toBe(expected);
  }
});

test('an environment that gets another name has its web suffix by it, unless it was given one', async () => {
  const none = async () => undefined;
  await environments.getOrCreate(workspaceId, 'one');
  expect(await environments.update(workspaceId, 'one', { name: 'two' }, none)).toMatchObject({
    webSuffix: 'two',
  });
  await environments.update(workspaceId, 'two', { webSuffix: 'own' }, none);
  expect(await environments.update(workspaceId, 'two', { name: 'three' }, none)).toMatchObject({
    webSuffix: 'own',
  });
});
