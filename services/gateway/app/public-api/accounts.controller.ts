import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { accepted, refuse } from '@slipway/kernel';
import { callerName, refuseManaging, type Principal } from '@slipway/gateway-core';
import { randomId } from '@slipway/protocol';
import type { Authenticator } from '../access/authenticator.js';
import type { WorkspaceRow } from '../store/entities.js';
import { makeWorkspace } from '../store/make-workspace.js';
import { ownAgain } from '../store/own-again.js';
import { newToken, randomTokenId } from '../store/new-token.js';
import type { PrincipalRow, Principals } from '../store/principals.js';
import type { Tokens } from '../store/tokens.js';
import type { Workspaces } from '../store/workspaces.js';
import { AUTHENTICATOR, PRINCIPALS, TOKENS, WORKSPACES } from '../tokens.js';
import {
  MemberView,
  NewMemberBody,
  NewWorkspaceBody,
  OwnerBody,
  WorkspaceView,
  type TokenView,
} from './account-views.js';
import { HttpCallerGuard, type HttpRequest } from './http-caller.guard.js';
import { managerOnly } from './manager-only.js';
import { operatorOnly } from './operator-only.js';
import { operatorsMay } from './operators-may.js';
import { runsTheSite } from './runs-the-site.js';

const workspaceView = (row: WorkspaceRow): WorkspaceView => ({
  id: row.workspaceId,
  name: row.name,
  defaultEnvironment: row.defaultEnvironment,
  createdAt: new Date(row.createdAt).toISOString(),
});

const memberView = ({ principalId, name, role, email, createdAt }: PrincipalRow): MemberView => ({
  id: principalId,
  name,
  role,
  ...(email === undefined ? {} : { email }),
  createdAt: new Date(createdAt).toISOString(),
});

/** Workspaces of the site, for the owners of its first one, and members of one's own workspace. */
@ApiTags('accounts')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1')
export class AccountsController {
  constructor(
    @Inject(WORKSPACES) private readonly workspaces: Workspaces,
    @Inject(PRINCIPALS) private readonly principals: Principals,
    @Inject(TOKENS) private readonly tokens: Tokens,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
  ) {}

  @Get('workspaces')
  @ApiOperation({ summary: 'The caller’s workspace; for owners of the first one, all of the site' })
  @ApiOkResponse({ type: [WorkspaceView] })
  async list(@Req() { caller }: HttpRequest): Promise<{ items: WorkspaceView[] }> {
    const all = await this.workspaces.list();
    const shown = runsTheSite(caller) ? all : all.filter((row) => row.workspaceId === caller?.workspaceId);
    return { items: shown.map(workspaceView) };
  }

  @Post('workspaces')
  @ApiOperation({
    summary:
      'Makes a workspace with its owner and a first token, anew where nobody has used it yet; for owners of the first workspace',
  })
  @ApiCreatedResponse({ type: WorkspaceView })
  async create(@Req() { caller }: HttpRequest, @Body() body: NewWorkspaceBody): Promise<WorkspaceView> {
    const operator = operatorOnly(caller, 'make workspaces');
    const { workspaces, principals, tokens } = this;
    const { workspace, token } = await makeWorkspace(
      { workspaces, principals, tokens },
      {
        ...body,
        createdBy: callerName(operator),
        createdAt: Date.now(),
      },
    );
    return { ...workspaceView(workspace), token };
  }

  @Post('workspaces/:name/owners')
  @UseGuards(operatorsMay('give a workspace an owner'))
  @ApiOperation({
    summary:
      'Gives a workspace whose owners lost their tokens an owner with one more; for owners of the first workspace',
  })
  @ApiCreatedResponse({ type: MemberView })
  async own(
    @Req() { caller }: HttpRequest,
    @Param('name') workspace: string,
    @Body() body: OwnerBody,
  ): Promise<MemberView> {
    const createdBy = callerName(caller!);
    const { workspaces, principals, tokens } = this;
    const { principal, token } = await ownAgain(
      { workspaces, principals, tokens },
      { workspace, owner: body.name, createdBy, createdAt: Date.now() },
    );
    return { ...memberView(principal), token };
  }

  @Get('members')
  @ApiOperation({ summary: 'The members of the workspace' })
  @ApiOkResponse({ type: [MemberView] })
  async members(@Req() { caller }: HttpRequest): Promise<{ items: MemberView[] }> {
    const rows = await this.principals.list(caller?.workspaceId ?? '', 'member');
    return { items: rows.map(memberView) };
  }

  @Post('members')
  @ApiOperation({ summary: 'Makes a member with a first token; for owners and managers' })
  @ApiCreatedResponse({ type: MemberView })
  async join(@Req() request: HttpRequest, @Body() body: NewMemberBody): Promise<MemberView> {
    const { principal, workspaceId } = managerOnly(request.caller!);
    const fresh: PrincipalRow = {
      ...body,
      principalId: randomId('us'),
      kind: 'member',
      createdBy: principal.name,
      createdAt: Date.now(),
    };
    const refusal = refuseManaging(principal, fresh);
    if (refusal) accepted(refusal);
    await this.principals.create({ ...fresh, workspaceId });
    return { ...memberView(fresh), token: await this.firstToken(workspaceId, fresh) };
  }

  @Delete('members/:name')
  @HttpCode(204)
  @ApiOperation({ summary: 'Removes a member, by name or id, with all its tokens; for owners and managers' })
  async leave(@Req() request: HttpRequest, @Param('name') name: string): Promise<void> {
    const { principal, workspaceId } = managerOnly(request.caller!);
    const member = await this.principals.get(workspaceId, 'member', name);
    const refusal =
      refuseManaging(principal, member) ??
      (member.role === 'owner' && (await this.principals.countOwners(workspaceId)) === 1
        ? refuse('conflict', 'last-owner', `'${member.name}' is the last owner of this workspace and stays.`)
        : undefined);
    if (refusal) accepted(refusal);
    await this.principals.delete(member.principalId);
    this.authenticator.forgetAll();
  }

  private firstToken(workspaceId: string, principal: Principal): Promise<TokenView> {
    return newToken(this.tokens, {
      tokenId: randomTokenId(),
      workspaceId,
      principal,
      name: 'first token',
      createdAt: Date.now(),
    });
  }
}
