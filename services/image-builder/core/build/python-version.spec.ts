import { pythonVersionIn } from './python-version.js';

test.each(['3.11', '3.11.2', '3.14.0rc1', '3.13.0+', '3.9.20', '3.14.2t'])(
  '%s is a version of Python',
  (said) => {
    expect(pythonVersionIn(said)).toBe(said);
  },
);

test.each([undefined, '', '3', '2.7.18', '3.11/../../etc', '3.11foo', '3.11 ', '3.11.2\n', 'v3.11'])(
  '%j is none',
  (said) => {
    expect(pythonVersionIn(said)).toBeUndefined();
  },
);
