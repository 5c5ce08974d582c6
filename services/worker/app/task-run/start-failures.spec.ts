import { refuse, RefusedError } from '@slipway/kernel';
import { refusedAs, StartFailedError } from './start-failures.js';

const reasonOf = (error: Error): unknown => {
  try {
    return refusedAs('image-failed', 'image im-1')(error);
  } catch (failure) {
    return failure instanceof StartFailedError ? [failure.reason, failure.message] : failure;
  }
};

describe('a part of a container that cannot be had', () => {
  test('ends the start for good when it was refused', () => {
    const refusal = refuse('conflict', 'image-not-built', 'it is failed');
    expect(reasonOf(new RefusedError(refusal))).toEqual(['image-failed', 'image im-1: it is failed']);
  });

  test('is an outage of the platform when it could not be fetched now', () => {
    const outage = ['platform-error', 'image im-1: fetch failed'];
    expect(reasonOf(new Error('fetch failed'))).toEqual(outage);
    expect(reasonOf(new RefusedError(refuse('unavailable', 'starting', 'fetch failed')))).toEqual(outage);
  });
});
