import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/**
 * Which rooms of `src/` may import which others (design: the folder names are the data flow). `telemetry` may be
 * imported by all but those that import nothing.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  case: [],
  sqlite: [],
  telemetry: [],
  lease: [],
  redis: ['lease', 'telemetry'],
  pace: ['redis'],
  inbox: ['case', 'lease', 'redis', 'sqlite', 'telemetry'],
  store: ['case', 'lease', 'redis', 'sqlite', 'telemetry'],
  storage: ['inbox', 'lease', 'pace', 'redis', 'sqlite', 'store', 'telemetry'],
  support: ['case', 'pace', 'telemetry'],
  slack: ['case', 'pace', 'telemetry'],
  outbox: ['case', 'store', 'support', 'inbox', 'telemetry'],
  ingress: ['case', 'event-path', 'inbox', 'store', 'telemetry'],
  reconcile: ['case', 'inbox', 'lease', 'store', 'support', 'slack', 'telemetry'],
  commands: ['doctor', 'outbox', 'case', 'inbox', 'store', 'support', 'slack', 'telemetry'],
  // Of the bot, only its public face, over HTTP.
  sandbox: ['start-program.ts'],
  config: ['case'],
  // What the way of the events is made of, and how it stands at AWS.
  'event-path': ['telemetry'],
  doctor: ['case', 'config', 'config.ts', 'event-path', 'slack', 'storage', 'store', 'support', 'telemetry'],
  // Files of `src/` itself.
  'config.ts': ['config', 'case'],
  // The parts of casethread.ts.
  wiring: [
    'commands',
    'config',
    'config.ts',
    'case',
    'doctor',
    'event-path',
    'inbox',
    'ingress',
    'outbox',
    'pace',
    'reconcile',
    'slack',
    'storage',
    'support',
    'telemetry',
  ],
  'casethread.ts': [
    'case',
    'commands',
    'config',
    'config.ts',
    'doctor',
    'event-path',
    'inbox',
    'ingress',
    'outbox',
    'reconcile',
    'pace',
    'slack',
    'storage',
    'store',
    'support',
    'telemetry',
    'wiring',
  ],
  'program.ts': ['casethread.ts', 'config', 'config.ts', 'telemetry'],
  'start-program.ts': [],
  'main.ts': ['program.ts', 'start-program.ts'],
};

/** Packages that have one door. The others may be used anywhere but in `case`. */
const DOORS: readonly [packages: RegExp, rooms: readonly string[]][] = [
  [/^@slack\//, ['slack', 'commands', 'casethread.ts', 'wiring']],
  [/^@aws-sdk\/client-support$/, ['support']],
  [/^@aws-sdk\/client-(eventbridge|sqs|iam|cloudtrail)$/, ['event-path']],
  [/^@aws-sdk\/client-sts$/, ['support', 'event-path']],
  [/^@aws-sdk\/credential-providers$/, ['support', 'event-path']],
  [/^yaml$/, ['config', 'sandbox']],
  [/^libsql$/, ['sqlite']],
  [/^(prom-client|pino)$/, ['telemetry']],
  [/^(ioredis|bullmq)$/, ['redis', 'store', 'inbox', 'pace']],
];

/** The bot's environment is read in one place; the sandbox is a program of its own. */
const READERS_OF_ENVIRONMENT: readonly string[] = [
  'config.ts',
  'sandbox/program.ts',
  'sandbox/web/vite.config.ts',
];

/** The modules that a file imports, in whatever way. */
function importsOf(text: string): string[] {
  const ways = [
    /\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*['"]([^'"]+)['"]/g,
    /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g,
  ];
  return ways.flatMap((way) => [...text.matchAll(way)].map((match) => match[1] ?? ''));
}

/** `slack` for `slack/limits.ts`, `main.ts` for `main.ts`. */
function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}

/** What is wrong with a file of `src/`, in sentences. */
function wrongIn(file: string, text: string): string[] {
  const room = roomOf(file);
  const may = ROOMS[room];
  if (may === undefined) return [`${file}: the room ${room} is not in the table`];
  const wrong: string[] = [];
  for (const name of importsOf(text)) {
    if (name.startsWith('.')) {
      const target = posix.normalize(posix.join(posix.dirname(file), name)).replace(/\.js$/, '.ts');
      const other = roomOf(target);
      // The stand-ins serve the tests as well: they know neither each other nor the page.
      const standIn = /^sandbox\/(slack|aws)\//.exec(file)?.[0];
      if (standIn !== undefined && !target.startsWith(standIn)) wrong.push(`${file} imports ${target}`);
      // Of cases, the inbox knows the key alone.
      const tooMuch = room === 'inbox' && other === 'case' && target !== 'case/case-key.ts';
      // Of the way of the events, the door knows the names alone: what looks at AWS stays out of it.
      const tooFar = room === 'ingress' && other === 'event-path' && target !== 'event-path/names.ts';
      if (tooMuch || tooFar || (other !== room && !may.includes(other)))
        wrong.push(`${file} imports ${target}`);
    } else if (room === 'case') {
      if (name !== 'node:crypto') wrong.push(`${file} imports ${name}`);
    } else {
      const door = DOORS.find(([packages]) => packages.test(name));
      if (door !== undefined && !door[1].includes(room)) wrong.push(`${file} imports ${name}`);
    }
  }
  if (
    !READERS_OF_ENVIRONMENT.includes(file) &&
    /\bprocess\s*\??\.\s*env\b|\benv\b[^;]*from 'node:process'/.test(text)
  ) {
    wrong.push(`${file} reads process.env`);
  }
  return wrong;
}

describe('rooms', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.[cm]?tsx?$/.test(file))
    .sort();

  it('are all there to be looked at', () => {
    for (const file of ['program.ts', 'config.ts', 'case/plan.ts', 'reconcile/reconcile-case.ts']) {
      assert.ok(files.includes(file), file);
    }
  });

  for (const room of [...new Set(files.map(roomOf))]) {
    it(`${room} imports only what it may`, () => {
      const own = files.filter((file) => roomOf(file) === room);
      assert.deepEqual(
        own.flatMap((file) => wrongIn(file, readFileSync(`src/${file}`, 'utf8'))),
        [],
      );
    });
  }

  it('have no import in a circle', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(readFileSync(`src/${file}`, 'utf8').replace(/^import type [^;]*;/gm, ''))
          .filter((name) => name.startsWith('.'))
          .map((name) => posix.join(posix.dirname(file), name).replace(/\.js$/, '.ts')),
      ]),
    );
    const cleared = new Set<string>();
    const walk = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), [...path, file].join(' → '));
      if (cleared.has(file)) return;
      for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
      cleared.add(file);
    };
    for (const file of files) walk(file, []);
  });

  describe('the look at them', () => {
    const wrong: [file: string, text: string][] = [
      ['slack/a.ts', "import { x } from '../support/b.js';"],
      ['support/a.ts', "import type { X } from '../slack/b.js';"],
      ['case/a.ts', "import { x } from '../store/store.js';"],
      ['case/a.ts', "import { readFileSync } from 'node:fs';"],
      ['case/a.ts', "import dayjs from 'dayjs';"],
      ['case/a.ts', "export * from '../telemetry/log.js';"],
      ['store/a.ts', "export {\n  x,\n  y,\n} from '../ingress/b.js';"],
      ['store/a.ts', "const x = await import('../main.js');"],
      ['store/a.ts', "let x: import('../reconcile/sweep.js').X;"],
      ['outbox/a.ts', "import { x } from '../slack/b.js';"],
      ['inbox/a.ts', "import type { Case } from '../case/case.js';"],
      ['ingress/a.ts', "import '../casethread.js';"],
      ['ingress/a.ts', "import { queuePolicy } from '../event-path/documents.js';"],
      ['telemetry/a.ts', "import { x } from '../config.js';"],
      ['store/a.ts', "import Libsql from 'libsql';"],
      ['reconcile/a.ts', "import { pino } from 'pino';"],
      ['reconcile/a.ts', "import type { Block } from '@slack/types';"],
      ['reconcile/a.ts', "import { SupportClient } from '@aws-sdk/client-support';"],
      ['slack/a.ts', 'const token = process.env.SLACK_BOT_TOKEN;'],
      ['slack/a.ts', "import { env } from 'node:process';"],
      ['sandbox/a.ts', "import { WORDS } from '../commands/words.js';"],
      ['sandbox/aws/a.ts', "import { x } from '../slack/b.js';"],
      ['sandbox/slack/a.ts', "import { x } from '../page/b.js';"],
      ['sandbox/web/a.tsx', "import { x } from '../../config.js';"],
      ['sandbox/start.ts', 'const port = process.env.PORT;'],
      ['commands/a.ts', "import { x } from '../sandbox/story.js';"],
      ['cellar/a.ts', ''],
    ];
    for (const [file, text] of wrong) {
      it(`finds fault with ${file}: ${text.replaceAll('\n', ' ') || 'an unknown room'}`, () => {
        assert.equal(wrongIn(file, text).length, 1);
      });
    }

    const right: [file: string, text: string][] = [
      ['case/a.ts', "import { createHash } from 'node:crypto';\nimport { b } from './b.js';"],
      ['inbox/a.ts', "import type { CaseKey } from '../case/case-key.js';"],
      ['slack/deep/a.ts', "import { x } from '../limits.js';\nimport { y } from '../../telemetry/log.js';"],
      ['config.ts', 'const environment = process.env;'],
    ];
    for (const [file, text] of right) {
      it(`finds no fault with ${file}: ${text.replaceAll('\n', ' ')}`, () =>
        assert.deepEqual(wrongIn(file, text), []));
    }
  });
});
