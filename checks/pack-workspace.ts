import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runTool } from './run-tool.ts';

const repository = join(import.meta.dirname, '..');
const lock = join(tmpdir(), `vif-pack-${createHash('sha256').update(repository).digest('hex').slice(0, 12)}`);

/**
 * Packs a workspace by npm's own command into a folder that is there. One at a time, over processes: packing makes the
 * package's dist/ anew.
 * @throws {Error} with what npm printed
 */
export async function packWorkspace(workspace: string, destination: string): Promise<void> {
  while (!take()) await pause(100);
  try {
    const args = ['pack', '--workspace', workspace, '--pack-destination', destination];
    const { code, output } = await runTool(repository, 'npm', args);
    if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}:\n${output}`);
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld()) rmSync(lock, { force: true });
    return false;
  }
}

/** Who has it may have been killed. */
function isHeld(): boolean {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    if (holder > 0) process.kill(holder, 0);
    return true; // one that is not written yet, too
  } catch {
    return false;
  }
}
