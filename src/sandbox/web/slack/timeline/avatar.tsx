import { memo } from 'react';
import { SLACKBOT, useIsApp, useName } from '../in-slack.js';

const COLOURS = ['#2b6cb0', '#b7472a', '#6b46c1', '#2f7d4f', '#a8326d', '#8a5a00'];

function colourOf(user: string): string {
  let sum = 0;
  for (const character of user) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return COLOURS[sum % COLOURS.length] ?? '';
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

export const Avatar = memo(function Avatar({ user, size = 36 }: { user: string; size?: number }) {
  const name = useName(user);
  const app = useIsApp(user) && user !== SLACKBOT;
  const style = { width: size, height: size, fontSize: size * 0.42 };
  if (app) {
    return (
      <span aria-hidden="true" className="slk-avatar slk-avatar-app" style={style}>
        <svg aria-hidden="true" fill="none" height="62%" viewBox="0 0 24 24" width="62%">
          <path d="M4 5h16v11H11l-5 4v-4H4z" stroke="currentColor" strokeLinejoin="round" strokeWidth="2" />
          <path d="M8 9h8M8 12.500h5" stroke="currentColor" strokeLinecap="round" strokeWidth="2" />
        </svg>
      </span>
    );
  }
  return (
    <span aria-hidden="true" className="slk-avatar" style={{ ...style, background: colourOf(user) }}>
      {initials(name)}
    </span>
  );
});
