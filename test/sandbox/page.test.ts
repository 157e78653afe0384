import { conversationTests } from './page/conversation.js';
import { describeInBrowser } from './page/in-browser.js';
import { layoutTests } from './page/layout.js';
import { resolvingTests } from './page/resolving.js';

describeInBrowser('page', (stage) => {
  describe('looks', () => layoutTests(stage));
  describe('conversation', () => conversationTests(stage));
  describe('resolving', () => resolvingTests(stage));
});
