/** What the browser keeps for the page. A browser that keeps nothing for us is no reason to fail. */
const PREFIX = 'casethread-sandbox-';

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Then it is asked again the next time.
  }
}

/** What this tab alone keeps: it survives a reload, and another tab knows nothing of it. */
export function keptInTab(name: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function keepInTab(name: string, value: string): void {
  try {
    sessionStorage.setItem(PREFIX + name, value);
  } catch {
    // Then it is asked again the next time.
  }
}
