import { createHash } from 'node:crypto';
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
      html = withPolicy(html);
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

/**
 * The page may run its own script and wear its own styles, and show pictures: those beside it, and
 * those of sessions that only know a picture's address. Nothing else, whatever a recording says.
 */
function withPolicy(html: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashesOf(html, /<script>([^]*?)<\/script>/g)}`,
    `style-src ${hashesOf(html, /<style>([^]*?)<\/style>/g)}`,
    "img-src 'self' file: data: https: http:",
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  return html.replace('<meta charset="utf-8" />', (charset) => `${charset}\n    ${meta}`);
}

function hashesOf(html: string, inline: RegExp): string {
  const hashes = [...html.matchAll(inline)].map(([, code = '']) => {
    return `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
  });
  if (hashes.length === 0) throw new Error(`${PAGE} has nothing like ${inline.source}`);
  return hashes.join(' ');
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
