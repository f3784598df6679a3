import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Below this a compressed file saves no packet. */
const smallest = 1024;

/** Writes `.br` and `.gz` beside each script, stylesheet and drawing, so that the server never compresses. */
export function compress(): Plugin {
  return {
    name: 'vif-compress',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      if (!dir) return;
      const files = Object.values(bundle).filter((file) => /^assets\/.*\.(js|css|svg)$/.test(file.fileName));
      await Promise.all(
        files.map(async (file) => {
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          if (bytes.length < smallest) return;
          const path = join(dir, file.fileName);
          const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
          await writeFile(`${path}.br`, await toBrotli(bytes, { params }));
          await writeFile(`${path}.gz`, await toGzip(bytes, { level: 9 }));
        }),
      );
    },
  };
}
