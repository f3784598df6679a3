import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './build/compress.ts';

// The server takes writes only from its own address, so it has to see the one the browser asked.
const server = { target: `http://127.0.0.1:${process.env['PORT'] || 3000}`, changeOrigin: false, ws: true };

/** `vite build` makes dist/, which the server serves; `vite` serves the sources and passes the API on. */
export default defineConfig({
  plugins: [react(), compress()],
  // The server puts a fresh nonce here in each answer; Vite writes the placeholder on every tag it makes.
  html: { cspNonce: '__VIF_NONCE__' },
  build: {
    manifest: true,
    assetsInlineLimit: 0,
    // One stylesheet, 17 kB: a page whose own failed to load once would come back without it.
    cssCodeSplit: false,
    sourcemap: false,
    // Mantine and our own CSS use nothing that needs rewriting for these.
    target: ['chrome120', 'firefox120', 'safari17'],
  },
  server: { host: '127.0.0.1', proxy: { '/api': server, '/health': server } },
});
