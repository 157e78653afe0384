import { theme, toggleTheme } from '../theme.js';

export function ThemeButton() {
  const dark = theme.use() === 'dark';
  const label = dark ? 'Switch to light' : 'Switch to dark';
  return (
    <button aria-label={label} className="shl-icon-button" onClick={toggleTheme} title={label} type="button">
      <svg aria-hidden="true" fill="none" height="18" stroke="currentColor" viewBox="0 0 20 20" width="18">
        {dark ? (
          <path
            d="M10 6.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6ZM10 1.8v1.6M10 16.6v1.6M1.8 10h1.6M16.6 10h1.6M4.2 4.2l1.1 1.1M14.7 14.7l1.1 1.1M4.2 15.8l1.1-1.1M14.7 5.3l1.1-1.1"
            strokeLinecap="round"
            strokeWidth="1.5"
          />
        ) : (
          <path
            d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z"
            strokeLinejoin="round"
            strokeWidth="1.5"
          />
        )}
      </svg>
    </button>
  );
}
