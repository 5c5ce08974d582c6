import { RefusedError } from '@slipway/kernel';
import { DataFormat, Image } from '@slipway/protocol';
import { imageResult } from './image-result.js';
import { readImageDefinition } from './read-image-definition.js';

const raw = (image: Parameters<typeof Image.fromPartial>[0]) =>
  Buffer.from(Image.encode(Image.fromPartial(image)).finish());

test('a layer is read with its base, its commands and its files', () => {
  const definition = readImageDefinition(
    raw({
      baseImages: [{ dockerTag: 'base', imageId: 'im-1' }],
      dockerfileCommands: ['FROM base', 'RUN true'],
      contextFiles: [{ filename: '/r.txt', data: Buffer.from('x') }],
      contextMountId: 'mo-1',
      buildArgs: { A: '1' },
      secretIds: ['st-1'],
    }),
    '',
  );
  expect(definition).toEqual({
    baseImages: [{ name: 'base', imageId: 'im-1' }],
    dockerfileCommands: ['FROM base', 'RUN true'],
    contextFiles: [{ filename: '/r.txt', contentBase64: 'eA==' }],
    contextMountId: 'mo-1',
    buildArgs: { A: '1' },
    secretIds: ['st-1'],
  });
});

test('a builder function is part of what makes two images the same', () => {
  const built = (definition: string) =>
    readImageDefinition(
      raw({
        buildFunction: {
          definition,
          input: { argsOneof: { $case: 'args', value: Buffer.from('a') }, dataFormat: DataFormat.CBOR },
        },
      }),
      'fu-1',
    ).buildFunction;
  expect(built('one')).toMatchObject({ functionId: 'fu-1', inputBase64: 'YQ==', inputFormat: 'cbor' });
  expect(built('one')?.definitionHash).toBe(built('one')?.definitionHash);
  expect(built('one')?.definitionHash).not.toBe(built('two')?.definitionHash);
});

test('an unknown GPU to build on is refused', () => {
  expect(() => readImageDefinition(raw({ gpuConfig: { gpuType: 'FOO' } }), '')).toThrow(RefusedError);
});

test('a build that goes on has no result, which makes the client join it', () => {
  expect(imageResult({ status: 'building' }).result).toBeUndefined();
});

test('a failed build says why', () => {
  expect(imageResult({ status: 'failed', message: 'RUN false: exit code 1' }).result?.exception).toBe(
    'RUN false: exit code 1',
  );
});

test('context files that do not fit into a message are refused, with their size and another way', () => {
  const contextFiles = ['/a', '/b'].map((filename) => ({ filename, data: Buffer.alloc(3 * 1024 * 1024) }));
  expect(() => readImageDefinition(raw({ contextFiles }), '')).toThrow(
    "The 2 files of the image's context have 6291456 bytes together; at most 4194304 travel with its definition. Add large files by add_local_file or add_local_dir.",
  );
});

test('volumes of commands are refused with the step and another way; those of a builder function are its own', () => {
  const image = raw({
    dockerfileCommands: ['FROM base', 'RUN make'],
    volumeMounts: [{ volumeId: 'vo-1', mountPath: '/cache' }],
  });
  expect(() => readImageDefinition(image, '')).toThrow("The step 'RUN make' asks for volumes at '/cache'");
  expect(readImageDefinition(image, 'fu-1').buildFunction).toMatchObject({ functionId: 'fu-1' });
});
