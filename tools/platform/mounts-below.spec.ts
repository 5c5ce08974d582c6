import { mountsBelow } from './mounts-below.ts';

test('mounts below a folder come deepest first, with their spaces', () => {
  const mounts = [
    'tmpfs /srv/home/data tmpfs rw 0 0',
    'overlay /srv/home/data/a\\040b/root overlay rw 0 0',
    'tmpfs /srv/home-two/x tmpfs rw 0 0',
    'tmpfs /srv/home tmpfs rw 0 0',
  ].join('\n');
  expect(mountsBelow('/srv/home', mounts)).toEqual(['/srv/home/data/a b/root', '/srv/home/data']);
});
