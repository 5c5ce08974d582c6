import { isRefusal } from '@slipway/kernel';
import { readPlacement } from './read-placement.js';

const of = (changes: object) => readPlacement({ functionName: 'f', cloudProviderStr: '', ...changes });

test('nothing said, nothing pinned', () => {
  expect(of({})).toEqual({});
  expect(
    of({ cloudProviderStr: 'auto', schedulerPlacement: { regions: [], nonpreemptible: false } }),
  ).toEqual({});
});

test('regions, clouds and the wish to stay are pins', () => {
  expect(
    of({ cloudProviderStr: 'AWS', schedulerPlacement: { regions: ['us-east', 'eu'], nonpreemptible: true } }),
  ).toEqual({ placement: { regions: ['us-east', 'eu'], vendors: ['aws'], preemption: 'refused' } });
});

test('class and priority come by experimental options', () => {
  expect(
    of({ experimentalOptions: { slipway_class: 'background', slipway_priority: 'high', other: 'x' } }),
  ).toEqual({
    latencyClass: 'background',
    priority: 'high',
  });
});

test.each([
  [{ experimentalOptions: { slipway_class: 'fast' } }, /slipway_class is 'fast'; it can be interactive/],
  [{ experimentalOptions: { slipway_priority: '3' } }, /slipway_priority is '3'/],
  [{ schedulerPlacement: { regions: ['us east'], nonpreemptible: false } }, /pinned to 'us east'/],
])('%j is refused by name', (changes, message) => {
  const refusal = of(changes);
  expect(isRefusal(refusal) && refusal.message).toMatch(message);
});
