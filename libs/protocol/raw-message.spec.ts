import fc from 'fast-check';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { FunctionDefinition } from './generated/function.js';
import { inFieldOrder, withFields, withoutFields } from './raw-message.js';

const SECRET_IDS = 10;

const definition = (fields: Parameters<typeof FunctionDefinition.fromPartial>[0]) =>
  FunctionDefinition.encode(FunctionDefinition.fromPartial(fields)).finish();

/** A field that a newer client might send. */
const unknownField = Buffer.from(new BinaryWriter().tag(9000, 2).string('of tomorrow').finish());

test('an override wins and leaves the rest, unknown fields included', () => {
  const stored = Buffer.concat([definition({ moduleName: 'hello', timeoutSecs: 300 }), unknownField]);
  const changed = withFields(stored, definition({ timeoutSecs: 10 }));
  expect(FunctionDefinition.decode(changed)).toMatchObject({ moduleName: 'hello', timeoutSecs: 10 });
  expect(changed.includes(unknownField)).toBe(true);
});

test('a repeated field is replaced by dropping it first', () => {
  const stored = definition({ moduleName: 'hello', secretIds: ['st-1', 'st-2'] });
  const replaced = withFields(withoutFields(stored, [SECRET_IDS]), definition({ secretIds: ['st-3'] }));
  expect(FunctionDefinition.decode(replaced)).toMatchObject({ moduleName: 'hello', secretIds: ['st-3'] });
});

test('dropping no field keeps every byte', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), fc.nat(), (moduleName, secretIds, timeoutSecs) => {
      const stored = Buffer.concat([definition({ moduleName, secretIds, timeoutSecs }), unknownField]);
      expect(withoutFields(stored, [])).toEqual(stored);
    }),
  );
});

test('bytes that end within a field are refused', () => {
  expect(() => withoutFields(definition({ moduleName: 'hello' }).subarray(0, 4), [SECRET_IDS])).toThrow();
});

test('messages that differ only in the order of their fields and values compare as equal', () => {
  const one = Buffer.concat([
    definition({ mountIds: ['mo-1', 'mo-2'] }),
    unknownField,
    definition({ timeoutSecs: 9 }),
  ]);
  const other = Buffer.concat([unknownField, definition({ timeoutSecs: 9, mountIds: ['mo-2', 'mo-1'] })]);
  expect(inFieldOrder(one)).toEqual(inFieldOrder(other));
  expect(inFieldOrder(one)).not.toEqual(inFieldOrder(definition({ timeoutSecs: 9, mountIds: ['mo-2'] })));
});
