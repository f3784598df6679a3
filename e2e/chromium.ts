import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
const others = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of this machine's Chromium or Chrome, `CHROMIUM_PATH` first; undefined when there is none. */
export function findChromium(): string | undefined {
  const asked = process.env['CHROMIUM_PATH'];
  const usual = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...(asked ? [asked] : []), ...usual, ...others].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
