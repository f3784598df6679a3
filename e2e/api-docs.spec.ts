import { organisationRoutes } from '@vif/contract/organisations';
import { expect, test } from './test.ts';

test('the API is browsable, without a report of the content policy', async ({ page }) => {
  await page.goto('/api/docs');
  await page.getByRole('link', { name: 'organisations', exact: true }).click();
  const summary = organisationRoutes.list.summary;
  await page.getByRole('button', { name: summary }).first().click();
  await expect(page.getByText('pageSize', { exact: true })).toBeVisible();
});
