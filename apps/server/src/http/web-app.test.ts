import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let folder: string;
const script = `console.log(${JSON.stringify('x'.repeat(2000))})`;
const asset = '/assets/index-B1x_Y2-z.js';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vif-web-'));
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, '.vite'));
  const page =
    '<!doctype html><meta property="csp-nonce" nonce="__VIF_NONCE__"><script nonce="__VIF_NONCE__" src="x.js"></script>';
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'index.html.br'), brotliCompressSync(page));
  await writeFile(join(folder, asset), script);
  await writeFile(join(folder, `${asset}.br`), brotliCompressSync(script));
  await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(folder, '.vite/manifest.json'), '{}');
  await writeFile(join(folder, '.sources'), 'hash');
  vif = await startVif({ webFolder: folder });
});
afterAll(async () => {
  await vif.close();
  await rm(folder, { recursive: true });
});

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the page', () => {
  it.each([
    '/',
    '/index.html',
    '/organisations',
    '/organisations/1?tab=people',
    '/setup/x',
    '/apidays',
    '/%C3%A9',
  ])('is what %s answers, with a nonce of its own in it and in its policy', async (path) => {
    const [first, second] = [
      await vif.ask(path, { headers: browser }),
      await vif.ask(path, { headers: browser }),
    ];
    const nonces = [first, second].map(({ statusCode, headers, body }) => {
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-cache');
      const nonce = /<script nonce="([^"]+)"/.exec(body)?.[1] ?? '';
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      expect(body).not.toContain('__VIF_NONCE__');
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('is asked for its head alone by those who watch whether Vif is there', async () => {
    const head = await vif.ask('/', { method: 'HEAD' });
    expect([head.statusCode, head.body]).toEqual([200, '']);
  });

  it.each([
    '/api',
    '/api/v1/nothing',
    '/API/v1/organisations',
    '/assets/missing-12345678.js',
    '//api/v1/organisations',
    '//evil.example',
    '/health/',
  ])('is not what %s answers', async (path) => {
    const answer = await vif.ask(path, { headers: browser });
    expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('is not what a program or a write gets', async () => {
    expect((await vif.ask('/organisations', { headers: { accept: 'application/json' } })).statusCode).toBe(
      404,
    );
    expect((await vif.ask('/organisations', { body: {} })).statusCode).toBe(404);
  });
});

describe('a built file', () => {
  it('with a hash in its name is kept for a year, and sent compressed', async () => {
    const plain = await vif.ask(asset);
    expect(plain.body).toBe(script);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toMatch(/^(text|application)\/javascript/);
    expect(plain.headers['x-content-type-options']).toBe('nosniff');
    const compressed = await vif.ask(asset, { headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(compressed.headers['content-encoding']).toBe('br');
    expect(compressed.headers.vary).toMatch(/accept-encoding/i);
    expect(compressed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(brotliDecompressSync(compressed.rawPayload).toString()).toBe(script);
  });

  it('without one is asked for again within the hour, and runs nothing when it is opened', async () => {
    const { headers } = await vif.ask('/favicon.svg');
    expect(headers['cache-control']).toBe('public, max-age=3600');
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  it.each([
    { range: 'bytes=0-9' },
    { range: 'bytes=99999-' },
    { 'if-none-match': 'nonsense' },
    { 'if-modified-since': 'nonsense' },
  ])('is sent whole whatever part or version of it is asked for: %j', async (headers) => {
    const answer = await vif.ask(asset, { headers: headers });
    expect([answer.statusCode, answer.body]).toEqual([200, script]);
  });

  it.each([{ 'if-match': '"other"' }, { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }])(
    'is not sent where another version was asked for: %j',
    async (headers) => {
      const answer = await vif.ask(asset, { headers: headers });
      expect(answer.json()).toMatchObject({ status: 412, code: 'version_outdated' });
    },
  );

  it.each([
    '/.sources',
    '/.vite/manifest.json',
    `${asset}.br`,
    '/assets',
    '/assets/',
    '/..%2f..%2fetc/passwd',
    '/index.html.br',
  ])('that is none of the page’s is not served: %s', async (path) => {
    const answer = await vif.ask(path);
    expect(answer.body).not.toMatch(/^(hash|\{\})$/);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body).toMatch(/csp-nonce|not_found|invalid_url/);
  });
});
