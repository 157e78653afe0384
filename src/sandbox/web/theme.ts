/** Light or dark: as the system has it until somebody chooses. `data-theme` on the root element says it to the styles. */
import { sharedState } from './shared-state.js';

export type Theme = 'light' | 'dark';

const KEPT_AS = 'casethread-sandbox-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

function kept(): Theme | null {
  const value = localStorage.getItem(KEPT_AS);
  return value === 'light' || value === 'dark' ? value : null;
}

function current(): Theme {
  return kept() ?? (system.matches ? 'dark' : 'light');
}

export const theme = sharedState<Theme>(current());

function show(): void {
  theme.set(current());
  document.documentElement.dataset.theme = theme.get();
}

show();
system.addEventListener('change', show);

export function toggleTheme(): void {
  localStorage.setItem(KEPT_AS, theme.get() === 'dark' ? 'light' : 'dark');
  show();
}
