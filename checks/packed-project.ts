import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runTool } from './run-tool.ts';

const repository = join(import.meta.dirname, '..');

/** An empty project in a temporary folder, for a package of this repository as people get it. */
export class PackedProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'vif-package-'));
  /** The package's folder in this repository. */
  readonly source: string;
  /** Where it is installed. */
  readonly installed: string;
  /** Its package.json here, before anything is packed. */
  readonly sourceManifest: string;

  /** @param name the package's folder in `packages` */
  constructor(name: string) {
    this.source = join(repository, 'packages', name);
    this.installed = join(this.folder, 'node_modules/@vif', name);
    this.sourceManifest = readFileSync(join(this.source, 'package.json'), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Puts packages of this repository beside it, as if they had been installed. */
  link(...names: string[]): void {
    for (const name of names) {
      const path = join(this.folder, 'node_modules', name);
      mkdirSync(dirname(path), { recursive: true });
      rmSync(path, { force: true });
      // The package's own version, where others here have another.
      const own = join(this.source, 'node_modules', name);
      symlinkSync(existsSync(own) ? own : join(repository, 'node_modules', name), path);
    }
  }

  /**
   * What a command prints that runs in it.
   * @throws {Error} with that, when it fails
   */
  async run(tool: string, ...args: string[]): Promise<string> {
    const { code, output } = await runTool(this.folder, tool, args);
    if (code !== 0) throw new Error(`${tool} ${args.join(' ')} ended with ${code}:\n${output}`);
    return output;
  }

  /** The licence that it brings, and the repository's. */
  licences(): [string, string] {
    const licenceIn = (folder: string) => readFileSync(join(folder, 'LICENSE'), 'utf8');
    return [licenceIn(this.installed), licenceIn(repository)];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
