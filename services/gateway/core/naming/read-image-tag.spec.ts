import { readImageTag } from './read-image-tag.js';

test.each([
  ['name', { tag: 'name:latest' }],
  ['name:v1.2', { tag: 'name:v1.2' }],
  ['dev/na-me_1:v1', { environment: 'dev', tag: 'na-me_1:v1' }],
])('%s names an image', (text, tag) => expect(readImageTag(text)).toEqual(tag));

test.each(['', 'a b', 'a:b:c', 'a/b/c:d', 'a:', '/a', '../a', `${'x'.repeat(129)}`])(
  '%j names none',
  (text) => expect(readImageTag(text)).toMatchObject({ code: 'image-name-invalid' }),
);
