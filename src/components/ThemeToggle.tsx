import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { browserStorage } from '../services/sessionRegistry.ts';

type Theme = 'system' | 'light' | 'dark';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS = { system: Monitor, light: Sun, dark: Moon };
/** Read by public/theme.js before the first paint. */
const KEY = 'dynamic-gallery:theme';

export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>(current);
  const Icon = ICONS[theme];
  const turn = (): void => {
    const next = NEXT[theme];
    setTheme(next);
    apply(next);
  };
  const label = `Theme: ${theme}. Change to ${NEXT[theme]}`;
  return (
    <button className="icon-button" type="button" aria-label={label} title={label} onClick={turn}>
      <Icon aria-hidden />
    </button>
  );
}

function current(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') browserStorage()?.removeItem(KEY);
    else browserStorage()?.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
