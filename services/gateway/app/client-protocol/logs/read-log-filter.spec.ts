import { FileDescriptor } from '@slipway/protocol';
import { readLogFilter } from './read-log-filter.js';

const nothingNamed = {
  functionId: '',
  parametrizedFunctionId: '',
  taskId: '',
  sandboxId: '',
  functionCallId: '',
  searchText: '',
};
const SANDBOX = `sb-${'0'.repeat(25)}1`;

test('what is not named is not asked for', () => {
  expect(readLogFilter(nothingNamed, FileDescriptor.UNSPECIFIED)).toEqual({});
});

test('the lines of a sandbox are those of its own function', () => {
  expect(readLogFilter({ ...nothingNamed, sandboxId: SANDBOX }, FileDescriptor.STDERR)).toEqual({
    functionId: `fu-${'0'.repeat(25)}1`,
    stream: 'stderr',
  });
});

test('a function that is named beside a sandbox is what is looked up', () => {
  const named = { ...nothingNamed, sandboxId: SANDBOX, functionId: 'fu-named' };
  expect(readLogFilter(named, FileDescriptor.UNSPECIFIED)).toEqual({ functionId: 'fu-named' });
});

test('what is no id of a sandbox is not taken for the whole app', () => {
  expect(() => readLogFilter({ ...nothingNamed, sandboxId: 'sb-1' }, FileDescriptor.UNSPECIFIED)).toThrow(
    'no sandbox',
  );
});
