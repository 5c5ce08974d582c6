import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../command/run-command.js';
import { BlockCache } from './block-cache.js';
import { MountedVolume } from './mounted-volume.js';
import { VolumeInMemory } from './volume-in-memory.testing.js';

const threadProgram = new URL('../dist/volumes/volume.thread.js', import.meta.url);
const lacking = [
  ...(process.getuid?.() === 0 ? [] : ['root']),
  ...(existsSync('/dev/fuse') ? [] : ['/dev/fuse']),
  ...(existsSync(threadProgram) ? [] : ['the built thread (npm run build)']),
];
const title = `a mounted volume${lacking.length === 0 ? '' : ` (skipped: needs ${lacking.join(', ')})`}`;

(lacking.length === 0 ? describe : describe.skip)(title, () => {
  let folder: string;
  const mounted: MountedVolume[] = [];
  const faults: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'volume-'));
    faults.length = 0;
  });

  afterEach(async () => {
    await Promise.all(mounted.splice(0).map((volume) => volume.close()));
    await rm(folder, { recursive: true, force: true, maxRetries: 2 });
    expect(faults).toEqual([]);
  });

  const mount = async (source: VolumeInMemory, name: string, access: 'read' | 'write' = 'write') => {
    const volume = await MountedVolume.mount({
      name,
      source,
      folder: join(folder, name, 'mount'),
      access,
      cache: new BlockCache(join(folder, name, 'blocks'), 10 ** 10, source),
      stagingLimitBytes: 10 ** 10,
      onFault: (message) => faults.push(message),
      onLost: (why) => faults.push(why.message),
      threadProgram,
    });
    mounted.push(volume);
    // Programs of their own: what this process did on the mount, it would do on the threads that answer it.
    const sh = (script: string) => runCommand('bash', ['-euc', script], { cwd: join(folder, name, 'mount') });
    const python = (script: string) =>
      runCommand('python3', ['-c', script], { cwd: join(folder, name, 'mount') });
    return { volume, sh, python };
  };

  test('files, folders and links are made, read, renamed and removed as on any disk', async () => {
    const { sh } = await mount(new VolumeInMemory(), 'a');
    expect(
      await sh(`
        mkdir -p d/e; echo one > d/e/f; echo two >> d/e/f; cat d/e/f
        ln -s e/f d/link; cat d/link; readlink d/link
        chmod 750 d/e/f; stat -c '%a %s %F' d/e/f; touch -d '2001-02-03 04:05:06.5 UTC' d/e/f; stat -c %.1Y d/e/f
        mv d/e d/g; ls d d/g; truncate -s 2 d/g/f; cat d/g/f; echo; truncate -s 5 d/g/f; od -c d/g/f | head -1
        rm -r d; ls -A | wc -l
      `),
    ).toBe(
      [
        ...[
          'one',
          'two',
          'one',
          'two',
          'e/f',
          '750 8 regular file',
          '981173106.5',
          'd:',
          'g',
          'link',
          '',
          'd/g:',
        ],
        ...['f', 'on', '0000000   o   n  \\0  \\0  \\0', '0', ''],
      ].join('\n'),
    );
  });

  test('what cannot be is refused with the error that programs know', async () => {
    const { python } = await mount(new VolumeInMemory(), 'a');
    expect(
      await python(`
import os, errno
os.makedirs('d/e'); open('f', 'w').write('x')
def refused(do):
    try: do(); print('fine')
    except OSError as e: print(errno.errorcode[e.errno])
refused(lambda: os.link('f', 'g'))
refused(lambda: os.mkfifo('p'))
refused(lambda: os.rmdir('d'))
refused(lambda: os.unlink('d'))
refused(lambda: os.rename('f', 'd'))
refused(lambda: os.rename('d', 'f'))
refused(lambda: os.mkdir('d'))
refused(lambda: open('none'))
refused(lambda: os.setxattr('f', 'user.a', b'b'))
refused(lambda: open('n' * 256, 'w'))
refused(lambda: os.truncate('f', 2**50))
refused(lambda: open(b'\\xff\\xfe', 'w'))
`),
    ).toBe(
      [
        'EPERM',
        'EPERM',
        'ENOTEMPTY',
        'EISDIR',
        'EISDIR',
        'ENOTDIR',
        'EEXIST',
        'ENOENT',
        'ENOTSUP',
        'ENAMETOOLONG',
        'EFBIG',
        'EILSEQ',
        '',
      ].join('\n'),
    );
  });

  test('a path that the store could not keep is refused to the program, and all else is committed', async () => {
    const source = new VolumeInMemory();
    const { volume, python } = await mount(source, 'a');
    expect(
      await python(`
import os, errno
def refused(do):
    try: do(); print('fine')
    except OSError as e: print(errno.errorcode[e.errno])
long = '/'.join(['n' * 250] * 4)
os.makedirs(long)
refused(lambda: open(long + '/' + 'f' * 20, 'w'))
refused(lambda: open(long + '/' + 'f' * 21, 'w'))
refused(lambda: os.mkdir(long + '/' + 'd' * 21))
refused(lambda: os.symlink('x', long + '/' + 's' * 21))
os.mkdir('m'); os.mkdir('m/m'); os.mkdir('m/m/mm')
refused(lambda: os.rename('m', long + '/' + 'r' * 16))
refused(lambda: os.rename('m', long + '/' + 'r' * 15))
open('x', 'w')
refused(lambda: os.rename('x', long + '/' + 'x' * 21))
`),
    ).toBe(
      [
        'fine',
        'ENAMETOOLONG',
        'ENAMETOOLONG',
        'ENAMETOOLONG',
        'ENAMETOOLONG',
        'fine',
        'ENAMETOOLONG',
        '',
      ].join('\n'),
    );
    await volume.commit('asked');
    expect(Math.max(...[...source.entries.keys()].map((path) => path.length))).toBe(1024);
    expect(source.entries.has('x')).toBe(true);
  });

  test('an unlinked file lives until it is closed; appends, holes and maps are right', async () => {
    const { python } = await mount(new VolumeInMemory(), 'a');
    expect(
      await python(`
import os, mmap
f = open('gone', 'w+b'); f.write(b'still here'); f.flush(); os.unlink('gone')
f.seek(0); print(f.read(), os.path.exists('gone'), os.fstat(f.fileno()).st_nlink); f.close()
a, b = open('log', 'ab', 0), open('log', 'ab', 0)
for i in range(3): a.write(b'a'); b.write(b'b')
print(open('log', 'rb').read())
with open('holes', 'wb') as h: h.seek(20_000_000); h.write(b'end')
data = open('holes', 'rb').read(); print(len(data), data.count(0), data[-3:])
with open('map', 'w+b') as m:
    m.truncate(10000)
    with mmap.mmap(m.fileno(), 0) as shared: shared[5000:5003] = b'abc'; shared.flush()
print(open('map', 'rb').read()[4999:5004])
d = os.open('.', os.O_RDONLY); os.fsync(d); os.close(d)
`),
    ).toBe(
      ["b'still here' False 0", "b'ababab'", "20000003 20000000 b'end'", "b'\\x00abc\\x00'", ''].join('\n'),
    );
  });

  test('a database, a repository and folders of thousands work', async () => {
    const { sh, python } = await mount(new VolumeInMemory(), 'a');
    expect(
      await python(`
import sqlite3
for mode in ('delete', 'wal'):
    db = sqlite3.connect('test.db'); db.execute(f'pragma journal_mode={mode}'); db.execute('create table if not exists t(x)')
    for i in range(50):
        with db: db.execute('insert into t values (?)', (i,))
    print(db.execute('select count(*) from t').fetchone(), db.execute('pragma integrity_check').fetchone()); db.close()
`),
    ).toBe("(50,) ('ok',)\n(100,) ('ok',)\n");
    expect(
      await sh(`
        git init -q r; cd r; git config user.email a@b; git config user.name n
        for i in $(seq 50); do echo $i > $i; done; git add .; git commit -qm one; cd ..; git clone -q r s 2>&1; ls s | wc -l
        mkdir many; cd many; seq 3000 | xargs touch; ls | wc -l; rm -r ../many; ls .. | sort | tr '\\n' ' '
      `),
    ).toBe('50\n3000\nr s test.db ');
  });

  test('a commit publishes what changed, and only that', async () => {
    const source = new VolumeInMemory();
    const { volume, sh } = await mount(source, 'a');
    await sh(`mkdir d; head -c 20000000 /dev/urandom > d/big; echo small > d/small; ln -s small d/l`);
    await volume.commit('asked');
    expect([...source.entries.keys()]).toEqual(['d', 'd/big', 'd/l', 'd/small']);
    expect(source.blocks.size).toBe(4);
    await volume.commit('asked');
    expect(source.commits).toHaveLength(1);
    await sh(
      `printf XX | dd of=d/big bs=1 seek=10000000 conv=notrunc status=none; mv d/small d/moved; rm d/l`,
    );
    const sum = await sh('sha256sum < d/big');
    await volume.commit('asked');
    expect(source.blocks.size).toBe(5);
    expect([...source.entries.keys()]).toEqual(['d', 'd/big', 'd/moved']);
    const other = await mount(source, 'b');
    expect(await other.sh('sha256sum < d/big; cat d/moved')).toBe(`${sum}small\n`);
  });

  test('a reload shows what others committed; what changed here and is not committed goes first', async () => {
    const source = new VolumeInMemory();
    const [a, b] = [await mount(source, 'a'), await mount(source, 'b')];
    await a.sh('mkdir d; echo one > d/f; echo kept > k; mkdir gone; touch gone/x');
    await a.volume.commit('asked');
    expect(await b.sh('ls; cat d/f 2>&1 || true')).toContain('No such file');
    await b.volume.reload();
    expect(await b.sh('ls | tr "\\n" " "; cat d/f')).toBe('d gone k one\n');
    await b.sh('echo longer than before > d/f; rm -r gone; echo new > d/g; echo b > same');
    await a.sh('ls d gone; cat d/f; echo a > same');
    await b.volume.commit('asked');
    await a.volume.reload();
    expect(await a.sh('ls . d | tr "\\n" " "; cat d/f d/g same')).toBe(
      '.: d k same  d: f g longer than before\nnew\na\n',
    );
    await b.volume.reload();
    expect(await b.sh('cat same')).toBe('a\n');
  });

  test('a large file is read before it has arrived, each block fetched once', async () => {
    const source = new VolumeInMemory();
    const writer = await mount(source, 'a');
    await writer.sh('head -c 60000000 /dev/urandom > big');
    await writer.volume.commit('asked');
    const big = source.entries.get('big');
    const blocks = big?.kind === 'file' ? big.blocks : [];
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    source.beforeFetch = (digest) => (blocks.indexOf(digest) >= 3 ? opened : Promise.resolve());
    const reader = await mount(source, 'b', 'read');
    expect(await reader.sh('head -c 3000000 big | sha256sum')).toBe(
      await writer.sh('head -c 3000000 big | sha256sum'),
    );
    open();
    const sums = await Promise.all([1, 2, 3].map(() => reader.sh('sha256sum < big')));
    expect(new Set(sums)).toEqual(new Set([await writer.sh('sha256sum < big')]));
    expect(source.fetched.toSorted()).toEqual([...new Set(blocks)].toSorted());
    await expect(reader.sh('touch x')).rejects.toThrow('Read-only file system');
  });

  test('a failed commit loses nothing: the next one has it all', async () => {
    const source = new VolumeInMemory();
    const { volume, sh } = await mount(source, 'a');
    await sh('echo one > f; echo x > gone');
    await volume.commit('asked');
    await sh('echo two > f; rm gone');
    const commit = source.commit.bind(source);
    source.commit = () => Promise.reject(new Error('the store is away'));
    await expect(volume.commit('asked')).rejects.toThrow('the store is away');
    source.commit = commit;
    await sh('echo new > g');
    await volume.commit('asked');
    expect([...source.entries.keys()]).toEqual(['f', 'g']);
    expect([...source.blocks.values()].map(String)).toContain('two\n');
  });

  test('a file of which a block is lost is left out of commits until it is written anew; all else is committed', async () => {
    const source = new VolumeInMemory();
    const writer = await mount(source, 'a');
    await writer.sh('echo kept > kept; echo lost > lost');
    await writer.volume.commit('asked');
    const late = await mount(source, 'b');
    await late.sh('cat kept');
    await writer.sh('rm kept lost');
    await writer.volume.commit('asked');
    source.blocks.clear();
    await late.sh('chmod 600 kept lost; echo new > new');
    expect(await late.volume.commit('background')).toEqual(['lost']);
    expect([...source.entries.keys()].toSorted()).toEqual(['kept', 'new']);
    expect([...source.blocks.values()].map(String).toSorted()).toEqual(['kept\n', 'new\n']);
    await late.sh('echo more > more');
    expect(await late.volume.reload()).toEqual(['lost']);
    expect(await late.sh('cat kept new more; ls')).toBe('kept\nnew\nmore\nkept\nlost\nmore\nnew\n');
    await late.sh('echo anew > lost');
    expect(await late.volume.commit('background')).toEqual([]);
    expect([...source.entries.keys()].toSorted()).toEqual(['kept', 'lost', 'more', 'new']);
  });

  test('5,000 small files are written, committed and read within seconds', async () => {
    const source = new VolumeInMemory();
    const { volume, python } = await mount(source, 'a');
    const lap = async (what: string, work: () => Promise<unknown>) => {
      const at = performance.now();
      await work();
      return `${what} ${Math.round(performance.now() - at)} ms`;
    };
    const laps = [
      await lap('write', () =>
        python(`
import os
for i in range(5000):
    if i % 100 == 0: os.mkdir(f'd{i//100}')
    with open(f'd{i//100}/{i}', 'wb') as f: f.write(os.urandom(4000))`),
      ),
      await lap('commit', () => volume.commit('asked')),
    ];
    const reader = await mount(source, 'b', 'read');
    const read = `import os\nprint(sum(len(open(os.path.join(d, f), 'rb').read()) for d, _, fs in os.walk('.') for f in fs))`;
    for (const what of ['read cold', 'read warm'])
      laps.push(await lap(what, async () => expect(await reader.python(read)).toBe('20000000\n')));
    process.stdout.write(`${laps.join(', ')}\n`);
    expect(source.entries.size).toBe(5050);
  }, 60_000);
});
