import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Bundles the sandbox's page, so that `npm run sandbox` has nothing left to build. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  // It is served on the machine it is looked at: one file is as good as many small ones.
  build: {
    outDir: '../../../dist/sandbox-page',
    emptyOutDir: true,
    chunkSizeWarningLimit: 2_000,
    license: true,
  },
  // `npx vite dev src/sandbox/web` beside a running sandbox, with its PORT.
  server: {
    proxy: Object.fromEntries(
      ['/live', '/do', '/attachment', '/slack-file'].map((path) => [
        path,
        `http://127.0.0.1:${process.env.PORT ?? '3000'}`,
      ]),
    ),
  },
});
