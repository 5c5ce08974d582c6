import type { AppLifetime } from '@slipway/contracts';
import type { EnvironmentStanding } from '@slipway/gateway-core';
import { FunctionDefinition, WebhookType } from '@slipway/protocol';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { Environments } from '../../store/environments.js';
import { openStore } from '../../store/open-store.js';
import { WebRoutes } from '../../store/web-routes.js';
import { Workspaces } from '../../store/workspaces.js';
import { WebAddresses } from '../../web-front/web-addresses.js';
import type { RpcCall } from '../rpc.js';
import { claimWebUrls, type ClaimedUrls } from './claim-web-urls.js';

const workspaceId = 'ac-1';

type App = { environment: string; lifetime: AppLifetime; state: 'running' | 'stopped'; description: string };
const apps: Record<string, App> = {};

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

const parts = () => ({
  bus: {
    request: async (_: string, { appId }: { appId: string }) => ({ appId, workspaceId, ...apps[appId] }),
  } as unknown as Parameters<typeof claimWebUrls>[0]['bus'],
  webRoutes,
  environments,
  workspaces,
  webAddresses: new WebAddresses(
    { publicUrl: 'http://localhost:1', webDomain: 'localhost', domainProof: 'of-others' },
    async () => [],
  ),
});

let made = 0;
const newApp = (environment: string, lifetime: AppLifetime = 'deployed'): string => {
  const appId = `ap-${(made += 1)}`;
  apps[appId] = { environment, lifetime, state: 'running', description: `app ${made}` };
  return appId;
};
const define = (appId: string, caller: RpcCall['caller'], ...domains: string[]): Promise<ClaimedUrls> => {
  const customDomains = domains.map((name) => ({ name }));
  const webhookConfig = { type: WebhookType.FUNCTION, customDomains };
  const definition = FunctionDefinition.fromPartial({ functionName: 'shop', webhookConfig });
  return claimWebUrls(parts(), caller, { appId, functionId: `fu-${appId}` }, definition);
};
const holderOf = async (domain: string): Promise<string | undefined> => (await webRoutes.find(domain))?.appId;

test("another environment's domain is taken only by who could also release it there", async () => {
  const domain = 'shop.example.com';
  const [prod, dev] = [newApp('prod'), newApp('dev')];
  await define(prod, ofBoth, domain);
  await expect(define(dev, ofDev, domain)).rejects.toThrow("environment 'prod'");
  expect(await holderOf(domain)).toBe(prod);
  await define(dev, ofBoth, domain);
  expect(await holderOf(domain)).toBe(dev);
});

test('a run leaves the domain to what is deployed, says so, and answers under its own URL', async () => {
  const domain = 'run.example.com';
  const [deployed, run] = [newApp('dev'), newApp('dev', 'ephemeral')];
  await define(deployed, ofBoth, domain);
  const { routes, warnings } = await define(run, ofBoth, domain);
  expect(routes.map(({ host }) => host)).toEqual([expect.stringMatching(/^acme-.*-dev$/)]);
  expect(warnings).toEqual([expect.stringContaining(`The domain '${domain}' stays`)]);
  expect(await holderOf(domain)).toBe(deployed);
});

test('a run has a domain that nobody else serves, and what is deployed takes it from there', async () => {
  const domain = 'first.example.com';
  const [run, deployed] = [newApp('dev', 'ephemeral'), newApp('dev')];
  expect((await define(run, ofDev, domain)).warnings).toEqual([]);
  expect(await holderOf(domain)).toBe(run);
  await define(deployed, ofDev, domain);
  expect(await holderOf(domain)).toBe(deployed);
});

test('a run that has ended keeps no domain from another environment', async () => {
  const domain = 'ended.example.com';
  const [run, deployed] = [newApp('prod', 'ephemeral'), newApp('dev')];
  await define(run, ofBoth, domain);
  apps[run]!.state = 'stopped';
  await define(deployed, ofDev, domain);
  expect(await holderOf(domain)).toBe(deployed);
});

test("a URL follows from the environment's web suffix, whichever environment is the default", async () => {
  const app = newApp('dev');
  const label = async (): Promise<string> =>
    (await define(app, ofDev)).routes.map(({ host }) => host.split('--')[0]).join();
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
