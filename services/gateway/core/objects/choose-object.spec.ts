import { chooseObject, type ObjectWanted } from './choose-object.js';

test.each<[ObjectWanted, boolean, unknown]>([
  ['lookup', true, 'use'],
  ['lookup', false, { refused: 'not-found', code: 'dict-not-found' }],
  ['create-if-missing', true, 'use'],
  ['create-if-missing', false, 'create'],
  ['create-new', true, { refused: 'already-exists', code: 'dict-exists' }],
  ['create-new', false, 'create'],
])('%s of a name that is there: %s', (wanted, exists, choice) => {
  const chosen = chooseObject({ kind: 'dict', name: 'd', environment: 'main', wanted, exists });
  if (typeof choice === 'string') expect(chosen).toBe(choice);
  else expect(chosen).toMatchObject(choice as object);
});
