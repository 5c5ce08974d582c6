import {
  DataFormat,
  FunctionData,
  FunctionDefinition,
  FunctionDefinition_FunctionType as FunctionType,
} from '@slipway/protocol';
import { withoutCodeOfRanked, wrapDefinition } from './function-data.js';
import { functionHandle } from './function-handle.js';
import { boundFunctionIdOf, functionIdOf } from './ids.js';

const definition = FunctionDefinition.fromPartial({
  moduleName: 'hello',
  functionName: 'K.*',
  functionType: FunctionType.FUNCTION,
  isClass: true,
  timeoutSecs: 9,
  functionSerialized: Buffer.alloc(1000),
  supportedInputFormats: [DataFormat.PICKLE, DataFormat.CBOR],
  supportedOutputFormats: [DataFormat.PICKLE],
  methodDefinitions: {
    go: {
      functionName: 'K.go',
      functionType: FunctionType.GENERATOR,
      supportedInputFormats: [DataFormat.CBOR],
    },
  },
});
const raw = Buffer.from(FunctionDefinition.encode(definition).finish());

test('a method handle names its method, without which its inputs are lost', () => {
  expect(functionHandle('ap-1', definition).methodHandleMetadata['go']).toMatchObject({
    useMethodName: 'go',
    isMethod: true,
    functionName: 'K.go',
    functionType: FunctionType.GENERATOR,
    supportedInputFormats: [DataFormat.CBOR],
    appId: 'ap-1',
  });
});

test('formats are passed on as they came', () => {
  expect(functionHandle('ap-1', definition)).toMatchObject({
    supportedInputFormats: [DataFormat.PICKLE, DataFormat.CBOR],
    supportedOutputFormats: [DataFormat.PICKLE],
  });
});

test('a lookup answers at least one ranked function, with the plain facts beside it', () => {
  const data = FunctionData.decode(wrapDefinition(raw));
  expect(data).toMatchObject({ moduleName: 'hello', functionName: 'K.*', isClass: true, timeoutSecs: 9 });
  expect(data.schedule).toBeUndefined();
  expect(data.rankedFunctions).toHaveLength(1);
  const ranked = FunctionDefinition.decode(data.rankedFunctions[0]!.function!);
  expect(ranked).toEqual({ ...definition, functionSerialized: Buffer.alloc(0) });
});

test('a choice of machines keeps every choice, without the code', () => {
  const several = FunctionData.fromPartial({
    rankedFunctions: [
      { rank: 0, function: raw },
      { rank: 1, function: raw },
    ],
  });
  const echoed = FunctionData.decode(withoutCodeOfRanked(Buffer.from(FunctionData.encode(several).finish())));
  expect(echoed.rankedFunctions.map(({ rank }) => rank)).toEqual([0, 1]);
  expect(echoed.rankedFunctions[0]!.function!.length).toBeLessThan(raw.length - 900);
});

test('a function keeps its id in its app; equal parameters and options give one variant', () => {
  expect(functionIdOf('ap-1', 'f')).toBe(functionIdOf('ap-1', 'f'));
  expect(functionIdOf('ap-1', 'f')).not.toBe(functionIdOf('ap-2', 'f'));
  const [one, two] = [Buffer.from([1]), Buffer.from([2])];
  expect(boundFunctionIdOf('fu-1', one, undefined)).toBe(boundFunctionIdOf('fu-1', one, undefined));
  expect(boundFunctionIdOf('fu-1', one, undefined)).not.toBe(boundFunctionIdOf('fu-1', two, undefined));
  expect(boundFunctionIdOf('fu-1', one, undefined)).not.toBe(boundFunctionIdOf('fu-1', one, two));
});
