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
  private readonly known = new Map<FunctionId, Promise<FunctionId | WebFailure>>();
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
    const known = this.known.get(boundFunctionId) ?? this.remember(route, boundFunctionId, serialized);
    return known.catch((error: unknown) => {
      if (!(error instanceof RefusedError) || isPassingTrouble(error)) throw error;
      // Whoever waits for the function itself is told why it is not there.
      return route.functionId;
    });
  }

  private remember(
    route: WebRouteRow,
    boundFunctionId: FunctionId,
    serialized: Buffer,
  ): Promise<FunctionId | WebFailure> {
    const binding = this.bind(route, boundFunctionId, serialized);
    addBounded(this.known, boundFunctionId, binding);
    const forget = (): unknown => this.known.delete(boundFunctionId);
    binding.then((bound) => typeof bound === 'string' || forget(), forget);
    return binding;
  }

  /** Only instances that nobody knew before are counted, and those that could not be made are not. */
  private async bind(
    route: WebRouteRow,
    boundFunctionId: FunctionId,
    serializedParams: Buffer,
  ): Promise<FunctionId | WebFailure> {
    const { functionId, workspaceId } = route;
    const isNew = !(await this.parts.variants.has(boundFunctionId));
    const made = this.madeNow(functionId);
    if (isNew && made.count >= MOST_NEW_IN_A_MINUTE) return tooMany(route);
    if (isNew) made.count += 1;
    try {
      await bindVariant(this.parts, {
        ...{ functionId, boundFunctionId, workspaceId, serializedParams },
        overrides: {},
      });
    } catch (error) {
      if (isNew) made.count -= 1;
      throw error;
    }
    return boundFunctionId;
  }

  private madeNow(functionId: FunctionId): { minute: number; count: number } {
    const minute = Math.floor(Date.now() / MINUTE_MS);
    const known = this.made.get(functionId);
    if (known?.minute === minute) return known;
    const made = { minute, count: 0 };
    addBounded(this.made, functionId, made);
    return made;
  }
}

/** Where there are too many, the oldest is forgotten. */
const addBounded = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void => {
  map.delete(key);
  const [oldest] = map.keys();
  if (map.size >= MOST_REMEMBERED && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
};

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
