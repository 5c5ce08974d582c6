import type { FunctionId } from '@slipway/contracts';
import type { WebFailure } from '@slipway/gateway-core';
import { RefusedError } from '@slipway/kernel';
import { ClassParameterInfo, ClassParameterSet } from '@slipway/protocol';
import { bindVariant, type BindingParts } from '../client-protocol/functions/bind-variant.js';
import { boundFunctionIdOf } from '../client-protocol/functions/ids.js';
import { isPassingTrouble } from '../passing-trouble.js';
import type { WebRouteRow } from '../store/web-entities.js';
import { instanceParameters, isUnread } from './instance-parameters.js';

const MOST_REMEMBERED = 10_000;
/** Whoever may visit an endpoint may name sets of parameters, and each new one is kept. */
const MOST_NEW_IN_A_MINUTE = 100;
const MINUTE_MS = 60_000;

/** Which instance of a class a URL asks for: its query says the class's parameters. */
export class Instances {
  private readonly known = new Map<FunctionId, Promise<FunctionId>>();
  private readonly made = new Map<FunctionId, { minute: number; count: number }>();

  constructor(private readonly parts: BindingParts) {}

  /** The function whose containers answer; a failure where the query does not say what the class needs. */
  async find(route: WebRouteRow, url: string): Promise<FunctionId | WebFailure> {
    if (!route.classParameters) return route.functionId;
    const { schema } = ClassParameterInfo.decode(Buffer.from(route.classParameters, 'base64'));
    const parameters = instanceParameters(schema, queryOf(url));
    if (isUnread(parameters)) return { status: 400, code: 'class-parameter', ...parameters };
    const serialized = Buffer.from(ClassParameterSet.encode({ parameters: [...parameters] }).finish());
    const boundFunctionId = boundFunctionIdOf(route.functionId, serialized, undefined);
    const known = this.known.get(boundFunctionId);
    if (known !== undefined) return known;
    if (this.isTooMany(route.functionId)) return tooMany(route);
    const binding = this.bind(route, boundFunctionId, serialized);
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(boundFunctionId, binding);
    binding.catch(() => this.known.delete(boundFunctionId));
    return binding.catch((error: unknown) => {
      if (!(error instanceof RefusedError) || isPassingTrouble(error)) throw error;
      // Whoever waits for the function itself is told why it is not there.
      return route.functionId;
    });
  }

  private async bind(
    { functionId, workspaceId }: WebRouteRow,
    boundFunctionId: FunctionId,
    serializedParams: Buffer,
  ): Promise<FunctionId> {
    await bindVariant(this.parts, {
      ...{ functionId, boundFunctionId, workspaceId, serializedParams },
      overrides: {},
    });
    return boundFunctionId;
  }

  private isTooMany(functionId: FunctionId): boolean {
    const minute = Math.floor(Date.now() / MINUTE_MS);
    const made = this.made.get(functionId);
    const count = made?.minute === minute ? made.count + 1 : 1;
    if (this.made.size >= MOST_REMEMBERED) this.made.clear();
    this.made.set(functionId, { minute, count });
    return count > MOST_NEW_IN_A_MINUTE;
  }
}

const queryOf = (url: string): URLSearchParams => {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  return new URLSearchParams(query);
};

const tooMany = ({ functionTag }: WebRouteRow): WebFailure => ({
  status: 429,
  code: 'too-many-instances',
  reason: `More than ${MOST_NEW_IN_A_MINUTE} new sets of parameters of ${functionTag} were asked for in a minute.`,
  remedy: 'Try again in a minute.',
});
