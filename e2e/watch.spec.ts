import { expect, test } from './test.ts';

test('the watch sees what every other test relies on it to see', async ({ page, watch }) => {
  await page.goto('/organisations');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(watch.take()).toEqual([]);
  const seen: string[] = [];
  const sees = (fault: RegExp) =>
    expect.poll(() => seen.push(...watch.take()) && seen.join('\n')).toMatch(fault);

  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'hacked = 1';
    document.body.append(script);
  });
  await sees(/CSP report: script-src-elem inline/);
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<b style="color: red">'));
  await sees(/CSP report: style-src-attr inline/);
  await page.evaluate(() => void setTimeout(() => void Promise.reject(new Error('nobody caught this'))));
  await sees(/Uncaught: .*nobody caught this/);
  await page.evaluate(() => console.error('something is wrong'));
  await sees(/Console: something is wrong/);
  await page.evaluate(() => fetch('/api/v1/nothing'));
  await sees(/GET \/api\/v1\/nothing answered 404/);
  watch.allow(404, /\/nothing$/);
  await page.evaluate(() => fetch('/api/v1/nothing'));
  expect(watch.take()).toEqual([]);
});
