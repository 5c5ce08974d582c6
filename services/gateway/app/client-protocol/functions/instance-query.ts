import { ClassParameterSet, type ClassParameterValue } from '@slipway/protocol';

/** What a URL's query says for an instance of a class with these parameters, from its `?` on; nothing where there are none. */
export const instanceQuery = (serializedParams: Buffer): string => {
  if (serializedParams.length === 0) return '';
  const { parameters } = ClassParameterSet.decode(serializedParams);
  const query = new URLSearchParams(parameters.flatMap(said));
  return query.size === 0 ? '' : `/?${query.toString()}`;
};

const said = ({ name, valueOneof }: ClassParameterValue): [string, string][] => {
  switch (valueOneof?.$case) {
    case 'stringValue':
    case 'intValue':
    case 'boolValue':
      return [[name, String(valueOneof.value)]];
    case 'bytesValue':
      return [[name, valueOneof.value.toString('base64url')]];
    default:
      return [];
  }
};
