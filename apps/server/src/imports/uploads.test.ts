import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openUploads, UploadTooLarge } from './uploads.ts';

let folder = '';
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'vif-uploads-')), 'uploads');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

it('keeps a file for this user alone until it is disposed of', async () => {
  const uploads = await openUploads(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  {
    await using upload = await uploads.receive(Readable.from([Buffer.from('a,'), Buffer.from('b')]), 3);
    expect(await readFile(upload.path, 'utf8')).toBe('a,b');
    expect((await stat(upload.path)).mode & 0o777).toBe(0o600);
  }
  expect(await readdir(folder)).toEqual([]);
});

it('empties the folder that a killed process left', async () => {
  await mkdir(folder);
  await writeFile(join(folder, 'left'), 'x');
  await openUploads(folder);
  expect(await readdir(folder)).toEqual([]);
});

it('refuses more than the limit, leaves no file and lets the stream be', async () => {
  const uploads = await openUploads(folder);
  const bytes = Readable.from([Buffer.from('abc'), Buffer.from('d'), Buffer.from('e')]);
  await expect(uploads.receive(bytes, 3)).rejects.toThrow(UploadTooLarge);
  expect(bytes.destroyed).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

it('leaves no file of a stream that fails', async () => {
  const uploads = await openUploads(folder);
  async function* failing() {
    yield Buffer.from('abc');
    throw new Error('gone');
  }
  await expect(uploads.receive(Readable.from(failing()), 100)).rejects.toThrow('gone');
  expect(await readdir(folder)).toEqual([]);
});

it('lets one work at a time, in the order they came, also after one that fails', async () => {
  const uploads = await openUploads(folder);
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const results = [
    uploads.inTurn(async () => {
      order.push('first');
      await first.promise;
      order.push('first ends');
      throw new Error('first failed');
    }),
    uploads.inTurn(async () => {
      order.push('second');
      return 2;
    }),
  ] as const;
  first.resolve();
  await expect(results[0]).rejects.toThrow('first failed');
  expect(await results[1]).toBe(2);
  expect(order).toEqual(['first', 'first ends', 'second']);
});

it('keeps at most two places a user and eight in all, and gives them back', async () => {
  const uploads = await openUploads(folder);
  const held = [uploads.reserve('a'), uploads.reserve('a')];
  const refusal = expect.objectContaining({ code: 'too_many_requests' });
  expect(() => uploads.reserve('a')).toThrow(refusal);
  for (let i = 0; i < 6; i++) held.push(uploads.reserve(`user ${i}`));
  expect(() => uploads.reserve('b')).toThrow(refusal);
  for (const place of held) place.release();
  uploads.reserve('a');
  expect(uploads.reserve('a')).toBeDefined();
});
