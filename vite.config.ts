import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const SERVER = process.env['GALLERY_DEV_SERVER'] ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'backend/dynamic_gallery/static',
    emptyOutDir: true,
    // The server's policy forbids data: fonts, so no asset may be inlined.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  server: { proxy: { '/api': SERVER, '/healthz': SERVER, '/readyz': SERVER } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
