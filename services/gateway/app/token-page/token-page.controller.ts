import { Body, Controller, Get, Headers, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RefusedError } from '@slipway/kernel';
import type { Principal } from '@slipway/gateway-core';
import { CONFIG } from '@slipway/nest-kit';
import type { Authenticator } from '../access/authenticator.js';
import type { GatewayConfig } from '../config.js';
import { newToken, randomTokenId } from '../store/new-token.js';
import type { Principals } from '../store/principals.js';
import type { TokenFlow, TokenFlows } from '../store/token-flows.js';
import type { Tokens } from '../store/tokens.js';
import type { Workspaces } from '../store/workspaces.js';
import { AUTHENTICATOR, PRINCIPALS, TOKEN_FLOWS, TOKENS, WORKSPACES } from '../tokens.js';
import { lifeOfToken } from './life-of-token.js';
import {
  formKey,
  isFormKey,
  isOperatorKey,
  operatorCookie,
  readOperatorSession,
} from './operator-session.js';
import { renderTokenPage, type TokenPage } from './token-page.js';

type Reply = {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  type(mime: string): Reply;
  send(body: unknown): unknown;
};
type Form = Readonly<Record<string, string | undefined>>;
type Granter = Readonly<{
  principal: Principal;
  workspaceId: string;
  workspaceName: string;
  /** Of the new token; undefined: without end. */
  lifeMs: number | undefined;
}>;

const OVER: TokenPage = {
  shows: 'over',
  reason:
    'This request for a token does not exist, is over, or has been answered. Run `modal token new` again.',
};

const SERVICE_USER =
  'This is the token of a service user, who has that one alone. Show a member’s, or make another service user: `modal workspace service-users create`.';

/** Where somebody says yes to `modal token new`. Nothing is loaded from elsewhere, framed, or kept by the browser. */
@ApiExcludeController()
@Controller('token-flow')
export class TokenPageController {
  constructor(
    @Inject(TOKEN_FLOWS) private readonly flows: TokenFlows,
    @Inject(TOKENS) private readonly tokens: Tokens,
    @Inject(PRINCIPALS) private readonly principals: Principals,
    @Inject(WORKSPACES) private readonly workspaces: Workspaces,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Get('operator')
  operator(@Query('key') key: string | undefined, @Res() reply: Reply): void {
    if (!isOperatorKey(this.config.signingKey, key ?? ''))
      return show(reply, 403, {
        shows: 'over',
        reason: 'This is not the operator’s link of this server. `./tools/up` prints it.',
      });
    reply.header('set-cookie', operatorCookie(this.config.signingKey, Date.now()));
    show(reply, 200, { shows: 'operator' });
  }

  @Get(':id')
  async page(@Param('id') id: string, @Headers('cookie') cookie: string | undefined, @Res() reply: Reply) {
    const flow = await this.open(id);
    show(reply, flow ? 200 : 404, flow ? this.request(flow, cookie) : OVER);
  }

  @Post(':id')
  async decide(
    @Param('id') id: string,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Body() form: Form,
    @Res() reply: Reply,
  ) {
    const flow = await this.open(id);
    if (flow === undefined) return show(reply, 404, OVER);
    const granter = await this.granter(flow, form, headers['cookie']);
    if (typeof granter === 'string')
      return show(reply, 403, { ...this.request(flow, headers['cookie']), trouble: granter });
    const at = Date.now();
    const { tokenId, tokenSecret } = await newToken(this.tokens, {
      tokenId: randomTokenId(),
      workspaceId: granter.workspaceId,
      principal: granter.principal,
      name: `${flow.askedBy.machine} (token new)`,
      createdAt: at,
      ...(granter.lifeMs === undefined ? {} : { lifeMs: granter.lifeMs }),
    });
    const { workspaceName } = granter;
    if (await this.flows.grant(id, { tokenId, tokenSecret, workspaceName }, at))
      return show(reply, 200, { shows: 'granted', workspaceName, machine: flow.askedBy.machine });
    await this.tokens.revoke(tokenId, at);
    show(reply, 404, OVER);
  }

  private async open(id: string): Promise<TokenFlow | undefined> {
    const flow = await this.flows.find(id, Date.now());
    return flow?.approved ? undefined : flow;
  }

  private request(flow: TokenFlow, cookie: string | undefined): Extract<TokenPage, { shows: 'request' }> {
    const session = readOperatorSession(this.config.signingKey, cookie, Date.now());
    return {
      shows: 'request',
      flow,
      ...(session ? { formKey: formKey(this.config.signingKey, session, flow.flowId) } : {}),
    };
  }

  /** Who says yes, by the operator's session or by a token of one's own; else what is wrong, for a person. */
  private async granter(flow: TokenFlow, form: Form, cookie: string | undefined): Promise<Granter | string> {
    const { signingKey } = this.config;
    const session = readOperatorSession(signingKey, cookie, Date.now());
    if (session && isFormKey(signingKey, session, flow.flowId, form['formKey'] ?? '')) {
      const [first] = await this.workspaces.list();
      if (first === undefined) return 'This server has no workspace.';
      const { workspaceId, name } = first;
      const principal = await this.principals.firstOwner(workspaceId);
      if (principal === undefined) return `The workspace ${name} has no owner.`;
      return { principal, workspaceId, workspaceName: name, lifeMs: flow.tokenLifeMs };
    }
    const { tokenId = '', tokenSecret = '' } = form;
    if (!tokenId || !tokenSecret) return 'Show who you are: the id and the secret of a token of yours.';
    const credentials: Form = {
      'x-modal-token-id': tokenId.trim(),
      'x-modal-token-secret': tokenSecret.trim(),
    };
    try {
      const caller = await this.authenticator.authenticate((name) => credentials[name]);
      const own = caller.kind === 'token' ? await this.tokens.find(caller.tokenId) : undefined;
      if (own?.token.principal.kind === 'service-user') return SERVICE_USER;
      if (own)
        return {
          ...own.token,
          lifeMs: lifeOfToken(flow.tokenLifeMs, { ...own.token, createdAt: own.createdAt }),
        };
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
    return 'The token id or its secret is wrong, or the token is disabled or over.';
  }
}

const show = (reply: Reply, status: number, page: TokenPage): void => {
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('x-frame-options', 'DENY')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    .send(renderTokenPage(page));
};
