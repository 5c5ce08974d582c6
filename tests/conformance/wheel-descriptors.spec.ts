import { compareSchemas, missingRpcs } from './compare-schemas.js';
import { CLIENT_VERSIONS, clientDescriptors, ourDescriptors, RENAMED } from './load-schemas.js';
import { readSchema, type Field, type Schema } from './schema.js';

const MINUTES_MS = 60_000;

describe('our schema and the installed clients', () => {
  let ours: Schema;
  let clients: ReadonlyMap<string, Schema>;

  beforeAll(() => {
    ours = readSchema(ourDescriptors());
    clients = new Map(
      CLIENT_VERSIONS.map((version) => [version, readSchema(clientDescriptors(version), RENAMED)]),
    );
  }, 5 * MINUTES_MS);

  test('the descriptors were read', () => {
    for (const client of clients.values()) {
      expect(client.rpcs.size).toBeGreaterThan(200);
      expect(client.messages.get('FunctionDefinition')?.get('module_name')?.number).toBe(1);
    }
    expect(ours.rpcs.size).toBeGreaterThanOrEqual(60);
  });

  test('every name, number, type, label and presence of ours is the clients’', () => {
    expect(compareSchemas(ours, clients)).toEqual([]);
  });

  test('every rpc of ours exists in a client, and the report lists the others', () => {
    for (const client of clients.values()) {
      expect(missingRpcs(ours, client)).not.toContain('FunctionMap');
      expect(missingRpcs(ours, client)).toContain('AppDeploy');
    }
  });
});

describe('the comparison', () => {
  const field: Field = { number: 1, type: 'string', repeated: false, presence: false, oneof: undefined };
  const schema = (changes: Partial<Field> = {}, name = 'id', rpc = 'Ask -> Answer'): Schema => ({
    messages: new Map([['Ask', new Map([[name, { ...field, ...changes }]])]]),
    enums: new Map([['Kind', new Map([['KIND_A', changes.number ?? 1]])]]),
    rpcs: new Map([['Call', rpc]]),
  });
  const differences = (ours: Schema, theirs = schema()) => compareSchemas(ours, new Map([['1.0', theirs]]));

  test('equal schemas do not differ', () => {
    expect(differences(schema())).toEqual([]);
  });

  test.each<[string, Partial<Field>]>([
    ['type', { type: 'uint32' }],
    ['label', { repeated: true }],
    ['presence', { presence: true }],
    ['oneof', { oneof: 'choice' }],
  ])('another %s is named', (_, change) => {
    expect(differences(schema(change))).toEqual([expect.stringMatching(/^Ask\.id: .* here, .* in 1\.0$/)]);
  });

  test('another number is named, of a field and of an enum value', () => {
    expect(differences(schema({ number: 2 }))).toEqual([
      'Ask.id: string = 2 here, string = 1 in 1.0',
      'Kind.KIND_A: 2 here, 1 in 1.0',
    ]);
  });

  test('another name is named, and whose number it takes', () => {
    expect(differences(schema({}, 'key'))).toEqual([
      'Ask.key: no client knows this field',
      'Ask.key: number 1 is id in 1.0',
    ]);
  });

  test('another rpc shape is named', () => {
    expect(differences(schema({}, 'id', 'Ask -> stream Answer'))).toEqual([
      'Call: Ask -> stream Answer here, Ask -> Answer in 1.0',
    ]);
  });

  test('bytes stand for a message only with the same presence', () => {
    const theirs = schema({ type: 'message:Thing', presence: true });
    expect(differences(schema({ type: 'bytes', presence: true }), theirs)).toEqual([]);
    expect(differences(schema({ type: 'bytes' }), theirs)).toHaveLength(1);
  });
});
