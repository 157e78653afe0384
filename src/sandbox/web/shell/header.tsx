import { GuideButton } from '../guide/guide-button.js';
import { AgreementBadge } from './agreement-badge.js';
import { BotBadge } from './bot-badge.js';
import { ThemeButton } from './theme-button.js';
import './header.css';

export function Header() {
  return (
    <header className="shl-header">
      <img alt="" className="shl-logo" height="26" src="./icon.svg" width="26" />
      <h1 className="shl-name">
        Casethread <span className="shl-pill">sandbox</span>
      </h1>
      <p className="shl-what">
        A Slack channel and an AWS Support Center on your machine, joined by the real bot
      </p>
      <div className="shl-state">
        <BotBadge />
        <AgreementBadge />
        <GuideButton />
        <ThemeButton />
      </div>
    </header>
  );
}
