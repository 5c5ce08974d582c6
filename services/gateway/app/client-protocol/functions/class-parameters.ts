import {
  ClassParameterInfo,
  ClassParameterInfo_ParameterSerializationFormat as Format,
  type ClassParameterSpec,
  type FunctionDefinition,
} from '@slipway/protocol';

/** The typed parameters of a class, in the order of its definition; none of a function, or of a class without any. */
export const classParameters = ({
  classParameterInfo,
}: Pick<FunctionDefinition, 'classParameterInfo'>): readonly ClassParameterSpec[] => {
  if (classParameterInfo === undefined) return [];
  const { format, schema } = ClassParameterInfo.decode(classParameterInfo);
  return format === Format.PARAM_SERIALIZATION_FORMAT_PROTO ? schema : [];
};
