/** One field as it goes over the wire, and how its absence shows. */
export type Field = Readonly<{
  number: number;
  /** `string`, `message:GenericResult`, `enum:DataFormat`. */
  type: string;
  repeated: boolean;
  /** An unset field can be told from a zero. */
  presence: boolean;
  oneof: string | undefined;
}>;

/** Requests and responses by name, with the direction of streams: `stream A -> B`. */
export type Schema = Readonly<{
  messages: ReadonlyMap<string, ReadonlyMap<string, Field>>;
  enums: ReadonlyMap<string, ReadonlyMap<string, number>>;
  rpcs: ReadonlyMap<string, string>;
}>;

type FieldJson = {
  name: string;
  number: number;
  type: string;
  typeName?: string;
  label?: string;
  oneofIndex?: number;
  proto3Optional?: boolean;
};
type EnumJson = { name: string; value: { name: string; number?: number }[] };
type MessageJson = {
  name: string;
  field?: FieldJson[];
  nestedType?: MessageJson[];
  enumType?: EnumJson[];
  oneofDecl?: { name: string }[];
};
type MethodJson = {
  name: string;
  inputType: string;
  outputType: string;
  clientStreaming?: boolean;
  serverStreaming?: boolean;
};

/** A FileDescriptorProto in protobuf's JSON, as far as it is read here. */
export type FileJson = {
  package?: string;
  messageType?: MessageJson[];
  enumType?: EnumJson[];
  service?: { name: string; method: MethodJson[] }[];
};

/** Messages of both are told apart by their names alone: no name is in both. */
const SERVICES: Readonly<Record<string, string>> = {
  'modal.client': 'ModalClient',
  'modal.task_command_router': 'TaskCommandRouter',
};

/** `.modal.client.Function.FunctionType` with Function as FunctionDefinition: the rename touches whole leading names. */
const localName = (name: string, renames: Readonly<Record<string, string>>): string => {
  const local = name.replace(/^\.modal\.(client|task_command_router)\./, '');
  const [first = '', ...rest] = local.split('.');
  return [renames[first] ?? first, ...rest].join('.');
};

/** Reads descriptors; `renames` gives our name for a message of theirs, since message names do not go over the wire. */
export const readSchema = (
  files: readonly FileJson[],
  renames: Readonly<Record<string, string>> = {},
): Schema => {
  const messages = new Map<string, Map<string, Field>>();
  const enums = new Map<string, Map<string, number>>();
  const rpcs = new Map<string, string>();
  const local = (name: string) => localName(name, renames);

  const readField = (field: FieldJson, message: MessageJson): Field => {
    const repeated = field.label === 'LABEL_REPEATED';
    const scalar = field.type.replace('TYPE_', '').toLowerCase();
    const inOneof = field.oneofIndex !== undefined && !field.proto3Optional;
    return {
      number: field.number,
      type: field.typeName === undefined ? scalar : `${scalar}:${local(field.typeName)}`,
      repeated,
      presence: !repeated && (scalar === 'message' || field.oneofIndex !== undefined),
      oneof: inOneof ? message.oneofDecl?.[field.oneofIndex!]?.name : undefined,
    };
  };
  const readEnum = (scope: string, declared: EnumJson) =>
    enums.set(
      local(scope + declared.name),
      new Map(declared.value.map((value) => [value.name, value.number ?? 0])),
    );
  const readMessage = (scope: string, declared: MessageJson) => {
    const name = scope + declared.name;
    messages.set(
      local(name),
      new Map((declared.field ?? []).map((field) => [field.name, readField(field, declared)])),
    );
    for (const nested of declared.nestedType ?? []) readMessage(`${name}.`, nested);
    for (const nested of declared.enumType ?? []) readEnum(`${name}.`, nested);
  };

  for (const file of files) {
    const serviceName = SERVICES[file.package ?? ''];
    if (serviceName === undefined) continue;
    for (const declared of file.messageType ?? []) readMessage('', declared);
    for (const declared of file.enumType ?? []) readEnum('', declared);
    for (const method of file.service?.find((service) => service.name === serviceName)?.method ?? []) {
      const request = `${method.clientStreaming ? 'stream ' : ''}${local(method.inputType)}`;
      rpcs.set(
        method.name,
        `${request} -> ${method.serverStreaming ? 'stream ' : ''}${local(method.outputType)}`,
      );
    }
  }
  return { messages, enums, rpcs };
};
