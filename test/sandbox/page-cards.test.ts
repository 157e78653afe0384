import { commandTests } from './page/by-command.js';
import { describeInBrowser } from './page/in-browser.js';
import { cardTests } from './page/on-cards.js';

describeInBrowser('page', (stage) => {
  describe('card', () => cardTests(stage));
  describe('commands', () => commandTests(stage));
});
