import { ParameterType, type ClassParameterSpec, type ClassParameterValue } from '@slipway/protocol';

/** What a query must say otherwise. */
export type UnreadParameter = Readonly<{ reason: string; remedy: string }>;

/**
 * The parameters of a class as a URL's query has them, in the order in which clients give them, since another order is another
 * instance: what is said, as it is said, then defaults. Where a name stands several times, the first one counts.
 */
export const instanceParameters = (
  schema: readonly ClassParameterSpec[],
  query: URLSearchParams,
): readonly ClassParameterValue[] | UnreadParameter => {
  const parameters: ClassParameterValue[] = [];
  for (const name of new Set(query.keys())) {
    const parameter = schema.find((one) => one.name === name);
    if (parameter === undefined) continue;
    const text = query.get(name)!;
    const value = valueOf(parameter, text);
    if (value === undefined) return unreadable(parameter, text);
    parameters.push({ name, type: parameter.type, valueOneof: value });
  }
  for (const parameter of schema) {
    if (query.has(parameter.name)) continue;
    const value = defaultOf(parameter);
    if (value === undefined) return missing(parameter);
    parameters.push(value);
  }
  return parameters;
};

export const isUnread = (read: readonly ClassParameterValue[] | UnreadParameter): read is UnreadParameter =>
  'remedy' in read;

type Value = ClassParameterValue['valueOneof'];

const FORMS: Readonly<Partial<Record<ParameterType, string>>> = {
  [ParameterType.PARAM_TYPE_STRING]: 'a text',
  [ParameterType.PARAM_TYPE_INT]: 'a whole number of 64 bits',
  [ParameterType.PARAM_TYPE_BOOL]: 'true or false',
  [ParameterType.PARAM_TYPE_BYTES]: 'bytes in base64url',
};

const valueOf = ({ type }: ClassParameterSpec, text: string): Value => {
  switch (type) {
    case ParameterType.PARAM_TYPE_STRING:
      return { $case: 'stringValue', value: text };
    case ParameterType.PARAM_TYPE_INT:
      return isInt64(text) ? { $case: 'intValue', value: String(BigInt(text)) } : undefined;
    case ParameterType.PARAM_TYPE_BOOL:
      return /^(true|false|1|0)$/i.test(text)
        ? { $case: 'boolValue', value: /^(true|1)$/i.test(text) }
        : undefined;
    case ParameterType.PARAM_TYPE_BYTES:
      return /^[\w-]*={0,2}$/.test(text)
        ? { $case: 'bytesValue', value: Buffer.from(text, 'base64url') }
        : undefined;
    default:
      return undefined;
  }
};

/** Leading zeros and a minus before 0 are the same number, and the same instance. */
const isInt64 = (text: string): boolean =>
  /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);

const defaultOf = ({ name, type, defaultOneof }: ClassParameterSpec): ClassParameterValue | undefined => {
  switch (defaultOneof?.$case) {
    case 'stringDefault':
      return { name, type, valueOneof: { $case: 'stringValue', value: defaultOneof.value } };
    case 'intDefault':
      return { name, type, valueOneof: { $case: 'intValue', value: defaultOneof.value } };
    case 'boolDefault':
      return { name, type, valueOneof: { $case: 'boolValue', value: defaultOneof.value } };
    case 'bytesDefault':
      return { name, type, valueOneof: { $case: 'bytesValue', value: defaultOneof.value } };
    case 'pickleDefault':
      return { name, type, valueOneof: { $case: 'pickleValue', value: defaultOneof.value } };
    default:
      return undefined;
  }
};

const missing = ({ name, type }: ClassParameterSpec): UnreadParameter => ({
  reason: `The URL has no '${name}', a parameter of the class that answers here.`,
  remedy: `Add it to the query: ?${name}=…, ${FORMS[type] ?? 'a value'}.`,
});

const unreadable = ({ name, type }: ClassParameterSpec, text: string): UnreadParameter => {
  const form = FORMS[type];
  return form === undefined
    ? {
        reason: `The parameter '${name}' is of a type that a URL cannot hold.`,
        remedy: 'Leave it out, or call a method of the instance by a client.',
      }
    : {
        reason: `'${text.slice(0, 100)}' is no value of the parameter '${name}'.`,
        remedy: `Give it ${form} in the query.`,
      };
};
