import { useEffect, useState } from 'react';
import { perform } from '../../perform.js';
import { Blocks } from '../blocks/blocks.js';
import { useInSlack, useName, useParts } from '../in-slack.js';
import { Avatar } from '../timeline/avatar.js';
import { ViewSurface } from './view-surface.js';

const NO_ERRORS = {};

/** The app's Home tab, as the app has published it for this person. */
export function HomeView() {
  const { user, about } = useInSlack();
  const bot = useName(about.botUser);
  const view = useParts('view').find((each) => each?.user === user && each.type === 'home');
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    let late = false;
    setProblem(null);
    void perform('home', { user }).then((answer) => {
      if (!answer.ok && !late) setProblem(answer.error);
    });
    return () => {
      late = true;
    };
  }, [user]);

  return (
    <section aria-label={`${bot} Home`} className="slk-channel">
      <header className="slk-head">
        <h2 className="slk-head-title">
          <Avatar size={24} user={about.botUser} />
          {bot} <span className="slk-head-more">Home</span>
        </h2>
      </header>
      <div className="slk-home">
        {problem === null ? null : (
          <p className="slk-dialog-problem" role="alert">
            {problem}
          </p>
        )}
        {view === undefined ? (
          <p className="slk-empty">This is where {bot} shows what is meant for you.</p>
        ) : (
          <ViewSurface errors={NO_ERRORS} failed={setProblem} view={view}>
            <Blocks blocks={view.view.blocks} />
          </ViewSurface>
        )}
      </div>
    </section>
  );
}
