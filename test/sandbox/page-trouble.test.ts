import { describeInBrowser } from './page/in-browser.js';
import { troubleTests } from './page/in-trouble.js';

describeInBrowser('page', (stage) => {
  describe('trouble', () => troubleTests(stage));
});
