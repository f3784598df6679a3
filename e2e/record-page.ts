import { expect, type Locator, type Page } from '@playwright/test';
import type { Words } from './words.ts';

/** The value of a fact of the record that is open. */
export function fact(page: Page, label: string): Locator {
  return page
    .locator('dl > div')
    .filter({ has: page.locator('dt').getByText(label, { exact: true }) })
    .locator('dd');
}

/** Begins to change a fact, where it stands. */
export async function openFact(page: Page, t: Words, label: string): Promise<void> {
  await page.getByRole('button', { name: t.ui.edit(label), exact: true }).click();
}

/** Changes a fact that is typed; Enter saves. */
export async function changeFact(page: Page, t: Words, label: string, value: string): Promise<void> {
  await openFact(page, t, label);
  await field(page, label).fill(value);
  await field(page, label).press('Enter');
}

/** Like changeFact, and waits until the server has it: what one sees is there before. */
export async function saveFact(page: Page, t: Words, label: string, value: string): Promise<void> {
  await saved(page, () => changeFact(page, t, label, value));
}

/** Waits for the save that something one does brings about. */
export async function saved(page: Page, act: () => Promise<void>): Promise<void> {
  const answer = page.waitForResponse((one) => one.request().method() === 'PATCH' && one.ok());
  await act();
  await answer;
}

/** A field of the form that is open. */
export function field(page: Page, label: string): Locator {
  return page.getByRole('textbox', { name: label, exact: true });
}

/** Chooses from a list that opens under its field. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The notices at the edge of the page. */
export function notices(page: Page, t: Words): Locator {
  return page.getByRole('region', { name: t.ui.notices });
}

/** The row of a list that is about a record. */
export function row(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
}

/** The title of the page. */
export function title(page: Page, name: string): Locator {
  return page.getByRole('heading', { level: 1, name, exact: true });
}

/** Follows a link of the navigation at the left, or at the foot of a phone. */
export async function goTo(page: Page, t: Words, label: string): Promise<void> {
  await page.getByRole('navigation', { name: t.app.navigation }).getByRole('link', { name: label }).click();
}

/** Opens the palette by its key; what is typed next goes into its box. */
export async function openPalette(page: Page, t: Words): Promise<Locator> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: t.app.palette });
  await expect(palette.getByRole('combobox')).toBeFocused();
  return palette;
}
