import type { GatewayConfig } from '../config.js';
import { Authenticator } from '../access/authenticator.js';
import { hashSecret } from '../access/secret-hash.js';
import type { Principals } from '../store/principals.js';
import type { TokenFlow, TokenFlows } from '../store/token-flows.js';
import type { FoundToken, NewToken, Tokens } from '../store/tokens.js';
import type { Workspaces } from '../store/workspaces.js';
import { TokenPageController } from './token-page.controller.js';

const DAY_MS = 24 * 3_600_000;
const KEYS = { signingKey: 'signing', internalKey: 'internal' };
const MADE_AT = Date.now() - 6 * DAY_MS;

type Granter = Readonly<{ kind?: 'member' | 'service-user'; lifeMs?: number }>;

/** What comes of a yes on the page, said with one's own token. */
const sayYes = async ({ kind = 'member', lifeMs }: Granter, askedMs?: number) => {
  const own: FoundToken = {
    token: {
      tokenId: 'ak-own',
      workspaceId: 'ac-1',
      workspaceName: 'main',
      defaultEnvironment: 'main',
      principal: { principalId: 'us-1', kind, name: 'ada', role: 'member' },
      environmentRoles: {},
      roleElsewhere: 'contributor',
      ...(lifeMs === undefined ? {} : { expiresAt: MADE_AT + lifeMs }),
    },
    name: 'own',
    createdAt: MADE_AT,
    createdBy: 'eve',
    secretHash: hashSecret('as-own'),
  };
  const flow: TokenFlow = {
    flowId: 'tf-1',
    code: 'ABCD-EFGH',
    askedBy: { machine: 'laptop', platform: 'linux', client: 'client', address: '::1' },
    createdAt: Date.now(),
    expiresAt: Date.now() + DAY_MS,
    approved: false,
    ...(askedMs === undefined ? {} : { tokenLifeMs: askedMs }),
  };
  const made: NewToken[] = [];
  const tokens: Pick<Tokens, 'find' | 'use' | 'put'> = {
    find: async () => own,
    use: async () => undefined,
    put: async (token) => void made.push(token),
  };
  const answered = { status: 0, page: '' };
  const reply = {
    code: (status: number) => ((answered.status = status), reply),
    type: () => reply,
    header: () => reply,
    send: (page: unknown) => (answered.page = String(page)),
  };
  await new TokenPageController(
    { find: async () => flow, grant: async () => true } as Partial<TokenFlows> as TokenFlows,
    tokens as Tokens,
    {} as Principals,
    {} as Workspaces,
    new Authenticator(tokens, { of: async () => own.token, forgetAll: () => undefined }, KEYS),
    KEYS as Partial<GatewayConfig> as GatewayConfig,
  ).decide('tf-1', {}, { tokenId: 'ak-own', tokenSecret: 'as-own' }, reply);
  const [token] = made;
  const days = token?.expiresAt === undefined ? undefined : (token.expiresAt - token.createdAt) / DAY_MS;
  return { ...answered, made: made.length, days };
};

test('a member’s new token lasts as long as was asked for', async () => {
  expect(await sayYes({})).toMatchObject({ status: 200, made: 1, days: undefined });
  expect(await sayYes({}, 30 * DAY_MS)).toMatchObject({ status: 200, days: 30 });
});

test('a token that ends is renewed for as long as its own life at most', async () => {
  expect(await sayYes({ lifeMs: 7 * DAY_MS })).toMatchObject({ status: 200, days: 7 });
  expect(await sayYes({ lifeMs: 7 * DAY_MS }, 30 * DAY_MS)).toMatchObject({ days: 7 });
  expect(await sayYes({ lifeMs: 7 * DAY_MS }, DAY_MS)).toMatchObject({ days: 1 });
});

test('a service user gets no further token, with or without an end', async () => {
  for (const lifeMs of [undefined, 7 * DAY_MS]) {
    const { status, page, made } = await sayYes({ kind: 'service-user', ...(lifeMs && { lifeMs }) });
    expect([status, made]).toEqual([403, 0]);
    expect(page).toContain('service user');
  }
});
