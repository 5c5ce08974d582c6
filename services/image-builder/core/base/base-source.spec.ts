import type { ImageId } from '@slipway/contracts';
import { baseSource } from './base-source.js';
import { DEBIAN_SUITES, debianRecipe, unknownBase } from './debian-rule.js';

describe('where a base image comes from', () => {
  test.each([
    ['python:3.11.12-slim-bookworm', { suite: 'bookworm', python: '3.11' }],
    ['python:3.13-slim-trixie', { suite: 'trixie', python: '3.13' }],
    ['docker.io/library/python:3.14-slim', { suite: 'forky', python: '3.14' }],
    ['debian:bookworm-slim', { suite: 'bookworm' }],
    ['debian:13', { suite: 'trixie' }],
  ])('%s is made from Debian packages', (name, recipe) => {
    expect(debianRecipe(name, DEBIAN_SUITES)).toEqual(recipe);
  });

  test('a Python that another suite carries comes from there, and that is said', () => {
    expect(debianRecipe('python:3.13.3-slim-bookworm', DEBIAN_SUITES)).toMatchObject({
      suite: 'trixie',
      note: expect.stringContaining('trixie'),
    });
  });

  test.each(['python:3.12-slim', 'python:3.11', 'ubuntu:22.04', 'debian:bullseye-slim'])(
    '%s is not',
    (name) => {
      expect(debianRecipe(name, DEBIAN_SUITES)).toBeUndefined();
    },
  );

  test('a name of the definition wins over all else', () => {
    const named = [{ name: 'base', imageId: 'im-1' as ImageId }];
    expect(baseSource('base', named, DEBIAN_SUITES)).toEqual({ kind: 'image', imageId: 'im-1' });
    expect(baseSource('scratch', named, DEBIAN_SUITES)).toEqual({ kind: 'scratch' });
    expect(baseSource('oci-layout:/srv/x:1', named, DEBIAN_SUITES)).toEqual({
      kind: 'oci-layout',
      path: '/srv/x:1',
    });
    expect(baseSource('ghcr.io/astral-sh/uv:latest', named, DEBIAN_SUITES)).toMatchObject({
      otherwise: { uvVersion: 'latest' },
    });
  });

  test('an unknown base is answered with those that exist and how to add one', () => {
    const { message } = unknownBase('ubuntu:22.04', DEBIAN_SUITES, []);
    expect(message).toContain("'ubuntu:22.04'");
    expect(message).toContain('python:3.11-slim-bookworm');
    expect(message).toContain('IMAGE_BUILDER_OCI_LAYOUTS');
  });
});
