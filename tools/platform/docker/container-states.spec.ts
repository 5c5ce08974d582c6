import { isReady, readContainerStates } from './container-states.ts';

const redis = { Service: 'redis', State: 'running', Health: 'healthy', Status: 'Up 3 seconds (healthy)' };
const gateway = { Service: 'gateway', State: 'running', Health: 'starting', Status: 'Up 1 second' };
const read = [
  { service: 'gateway', state: 'running', health: 'starting', status: 'Up 1 second' },
  { service: 'redis', state: 'running', health: 'healthy', status: 'Up 3 seconds (healthy)' },
];

test('an object a line, as Compose prints it now', () => {
  expect(readContainerStates(`${JSON.stringify(redis)}\n${JSON.stringify(gateway)}\n`)).toEqual(read);
});

test('an array, as Compose printed it up to 2.20', () => {
  expect(readContainerStates(JSON.stringify([redis, gateway]))).toEqual(read);
});

test('nothing runs', () => {
  expect(readContainerStates('')).toEqual([]);
  expect(readContainerStates('[]')).toEqual([]);
});

test('who starts still, or has ended, is not ready', () => {
  expect(read.map(isReady)).toEqual([false, true]);
  expect(isReady({ service: 'nats', state: 'exited', health: '', status: 'Exited (1)' })).toBe(false);
});
