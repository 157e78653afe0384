/** The page as a whole: header, guide, the two windows and the trouble, side by side or one at a time. */
import type { CSSProperties, ReactNode } from 'react';
import { AwsWindow } from '../aws/aws-window.js';
import { Guide } from '../guide/guide.js';
import { pane } from '../selection.js';
import { SlackWindow } from '../slack/slack-window.js';
import { Trouble } from '../trouble/trouble.js';
import { Divider, useSplit } from './divider.js';
import { Header } from './header.js';
import { Notices } from './notices.js';
import { type PaneName, Tabs } from './tabs.js';
import { NARROW, useMedia } from './use-media.js';
import './shell.css';

export function Shell() {
  const narrow = useMedia(NARROW);
  const [split, setSplit] = useSplit();
  const width: CSSProperties & Record<'--split', string> = { '--split': `${split}%` };
  return (
    <div className="shl">
      <Header />
      <Notices />
      <Guide />
      {narrow ? <Tabs /> : null}
      <main className="shl-panes" data-narrow={narrow} style={width}>
        <Pane name="slack" narrow={narrow}>
          <SlackWindow />
        </Pane>
        {narrow ? null : <Divider onChange={setSplit} split={split} />}
        <Pane name="aws" narrow={narrow}>
          <AwsWindow />
        </Pane>
        <Pane name="trouble" narrow={narrow}>
          <Trouble whole={narrow} />
        </Pane>
      </main>
    </div>
  );
}

/** Hidden ones keep their size, so that they keep what was typed and where somebody was reading. */
function Pane({ name, narrow, children }: { name: PaneName; narrow: boolean; children: ReactNode }) {
  const current = pane.use();
  const asTab = narrow
    ? ({ role: 'tabpanel', 'aria-labelledby': `tab-${name}`, 'data-hidden': name !== current } as const)
    : {};
  return (
    <div className={`shl-pane shl-pane-${name}`} id={`pane-${name}`} {...asTab}>
      {children}
    </div>
  );
}
