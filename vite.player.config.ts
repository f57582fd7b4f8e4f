import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

const PAGE = 'player.html';
const RECORDING = '<script id="recording" type="application/json">null</script>';

/**
 * Puts script and styles into the page itself: browsers load neither modules nor fonts from the
 * disk, and the exporter hands this one file on.
 */
function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle[PAGE];
      if (page?.type !== 'asset') throw new Error(`the build made no ${PAGE}`);
      let html = String(page.source)
        .replace(/<script id="recording"[^>]*>\s*null\s*<\/script>/, RECORDING)
        .replaceAll(/<(?:script type="module"|link rel="stylesheet")[^>]*>(?:<\/script>)?\s*/g, '');
      for (const [name, part] of Object.entries(bundle)) {
        if (name === PAGE) continue;
        html =
          part.type === 'chunk'
            ? withScript(html, part.code)
            : withStyle(html, String(part.source));
        Reflect.deleteProperty(bundle, name);
      }
      if (html.split(RECORDING).length !== 2)
        throw new Error(`${PAGE} has not one place for a recording`);
      page.source = html;
    },
  };
}

function withScript(html: string, code: string): string {
  // Neither may end the script early nor look like the place of the recording.
  const safe = code.trim().replaceAll(/<(\/script|script|!--)/gi, '\\x3C$1');
  return html.replace('</body>', () => `<script>${safe}</script>\n  </body>`);
}

function withStyle(html: string, css: string): string {
  return html.replace('</head>', () => `  <style>${css.trim()}</style>\n  </head>`);
}

export default defineConfig({
  plugins: [react(), oneFile()],
  publicDir: false,
  build: {
    outDir: 'backend/dynamic_gallery/static',
    emptyOutDir: false,
    assetsInlineLimit: () => true,
    cssCodeSplit: false,
    modulePreload: false,
    target: 'es2022',
    rolldownOptions: { input: PAGE, output: { format: 'iife' } },
  },
});
