/**
 * Which lines of a plain text were written by or for a machine. Prose in fixed width is worse than a log line in
 * running text, so whatever could be a sentence is none: a line needs a form that people do not write by hand.
 */

/** Enough of a form to be taken for code alone. */
const ALONE: readonly RegExp[] = [
  // A prompt with a command.
  /^\s*\$ (?:sudo |\.?\/|[a-z][\w.-]*(?:\s|$))/,
  /^\s*(?:\[[\w.-]+@\S+ [^\]]+\]|[\w.-]+@[\w.-]+:\S*)[$#] \S/,
  // Access logs.
  /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \S+ HTTP\/[\d.]+" \d{3}\b/,
  // A time to the second, and then a level, a field or a source in brackets.
  /^\s*\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S*\]?\s(?:.{0,60}\s)?\[?(?:ERROR|WARN|WARNING|INFO|DEBUG|TRACE|FATAL|CRITICAL|NOTICE)\b/,
  /^\s*\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S*\]?\s(?:\[[\w.:#/ -]+\]|(?:\S+\s){0,3}\w+=\S)/,
  // Syslog.
  /^\s*[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?: /,
];

/** Stack traces: at least two of these in a row, whatever their messages say. */
const TRACES: readonly RegExp[] = [
  /^\s+at [\w$.<>/[\] ]+\(\S*\)\s*$/,
  /^\s+at \S+:\d+(?::\d+)?\s*$/,
  /^\s*(?:Caused by: )?(?:[a-zA-Z_$][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error)(?::|\s*$)/,
  /^Traceback \(most recent call last\):/,
  /^\s+File "[^"]+", line \d+/,
  /^\s*\.\.\. \d+ (?:more|common frames omitted)\s*$/,
];

/** At least two of these in a row, none of which could be a sentence. */
const TOGETHER: readonly RegExp[] = [
  // Tables that a program has drawn.
  /^\s*[|+](?=.{3}).*[|+]\s*$/,
  // Those without lines: set in, three columns or more.
  /^(?: {2}|\t)\s*(?=\S)(?![-*•>]\s|\d+[.)]\s)\S+(?: \S+)* {2,}\S+(?: \S+)* {2,}\S/,
  // Times as only programs write them.
  /^\s*\[?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*\s+\S/,
  // JSON, settings, markup.
  /^\s*"[^"]+"\s*:\s*\S/,
  /^\s*(?:export )?[A-Z][A-Z0-9_]{2,}=\S*\s*$/,
  /^\s*<\/?[A-Za-z][\w:.-]*(?:\s[^<>]*)?\/?>.*>?\s*$/,
  // Source.
  /^\s*(?:const|let|var|return|public|private|static|final|await|await|my) .*;\s*$/,
  /^\s*[\w.$[\]]+\s*(?:[-+*/]?=|\(.*\)).*;\s*$/,
  /^\s*(?:if|for|while|switch|function|async|class|resource|module|data|variable|provider|try|catch|else)\b.*\{\s*$/,
  /^\s*(?:def|class) \w+\s*(?:\(.*\))?.*:\s*$/,
  /^\s*(?:import [\w.]+|from [\w.]+ import [\w., *]+)\s*$/,
  // Measurements of the network.
  /^\d+ bytes from \S+: icmp_seq=/,
  /^\s*\d+\s+\S+ \([\d.]+\)(?:\s+[\d.]+ ms)+/,
];

const PROMPT = ALONE.slice(0, 2);
/** Below a prompt: columns, which are no two sentences. */
const COLUMNS = /^(?!.*[.?!:;,…] {2})\s*\S+(?: \S+)*(?: {2,}|\t)\S/;

/** What a Python trace ends with, right below its last line of source. */
const PYTHON = /^Traceback \(most recent call last\):|^\s+File "[^"]+", line \d+/;
const PYTHON_END =
  /^(?:(?:[a-zA-Z_]\w*\.)+[A-Z]\w*|[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit|Iteration))(?::(?:\s|$)|$)/;

/** What a command is given: a flag, an address, a path, an id. No word of a sentence has these signs in it. */
const GIVEN = String.raw`(?:\s+(?:--?[A-Za-z][\w-]*(?:=\S+)?|(?=\S*[/:=_@\d]|\S+\.\w)[^\s(),;]*[\w/'"}*]))*`;
/** Whole lines that are a command, without a prompt and without flags. */
const COMMANDS: readonly RegExp[] = [
  /^\s*export [A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"']*)$/,
  /^\s*(?:sudo )?(?:curl|wget) (?:--?[A-Za-z][\w-]* )*["']?https?:\/\/[^\s"',;()]*[\w/=]["']?$/,
  new RegExp(
    String.raw`^\s*aws [a-z][a-z0-9-]+ (?:ls|cp|mv|rm|sync|mb|rb|tail|(?:describe|list|get|put|create|delete|update|start|stop|reboot|run|modify|invoke|send|assume|tag|untag|attach|detach|register|deregister|enable|disable|simulate|lookup|filter|batch|copy|restore|associate|disassociate|authorize|revoke)-[a-z0-9-]+)${GIVEN}$`,
  ),
  new RegExp(
    String.raw`^\s*(?:sudo )?kubectl (?:get|describe|logs|top|delete|apply|rollout|exec)(?: (?:all|pods?|po|nodes?|no|services?|svc|deployments?|deploy|events|ingress|configmaps?|secrets|pvc?|jobs|namespaces|ns|hpa|endpoints|restart|status|undo))*${GIVEN}$`,
  ),
  new RegExp(
    String.raw`^\s*(?:sudo )?(?:docker (?:ps|images|logs|stats|info|version)|terraform (?:init|plan|apply|destroy|validate)|git (?:status|log|diff|clone|fetch)|helm (?:list|ls|status|install|upgrade|repo))${GIVEN}$`,
  ),
];

const PROGRAMS =
  /^\s*(?:sudo )?(?:aws|kubectl|eksctl|docker|terraform|helm|curl|wget|ssh|scp|openssl|dig|nslookup|psql|mysql|redis-cli|git|npm|pip3?|systemctl|journalctl|traceroute|mtr|tcpdump|ping|nc|telnet|sam|cdk)\s\S/;
const FLAG = /\s--?[A-Za-z][\w-]*/;

/** Goes on what was code: closing brackets, the message of a trace, the rest of a command. */
const BRACKETS = /^\s*[{}[\]()]+[;,]?\s*$/;
const SMALL_WORDS =
  /(?<![\w-])(?:a|an|and|are|as|at|be|been|but|by|can|did|do|does|for|from|had|has|have|he|how|i|in|is|it|its|my|no|not|of|on|or|our|please|she|should|so|than|that|the|their|then|there|they|this|to|us|was|we|were|what|when|which|will|with|would|you|your)(?![\w-])/gi;
const JSON_BEGINS = /^\s*(?:[{[]\s*$|\{\s*"|\[\s*[{"])/;
/** What is in JSON may be long; a text with more lines is not read again and again. */
const LONGEST_JSON = 400;

/**
 * Gives back what finds the place behind the last line of the code that begins at a line; that line's own place where none
 * begins there.
 */
export function codeFinder(lines: readonly string[]): (from: number) => number {
  let depths: readonly number[] | null = null;
  return (from) => {
    if (!JSON_BEGINS.test(lines[from] ?? '')) return endOfRun(lines, from);
    depths ??= lines.map(depthOf);
    return Math.max(endOfJson(lines, depths, from), endOfRun(lines, from));
  };
}

function endOfRun(lines: readonly string[], from: number): number {
  if (!isCode(lines[from] ?? '')) return from;
  let end = from + 1;
  let isPrompted = false;
  let isPython = false;
  for (;;) {
    const line = lines[end];
    const before = lines[end - 1] ?? '';
    isPrompted ||= PROMPT.some((form) => form.test(before)) || isCommand(before);
    isPython ||= PYTHON.test(before);
    if (line === undefined) break;
    const goesOn =
      isCode(line) ||
      BRACKETS.test(line) ||
      / \\\s*$/.test(before) ||
      isBelow(line, before) ||
      (isPrompted && isOutput(line)) ||
      (isPython && /^\s+\S/.test(before) && PYTHON_END.test(line));
    // One blank line within a log; a second one is the end of it.
    const skips = line.trim() === '' && isCode(lines[end + 1] ?? '') && end - from > 1;
    if (!goesOn && !skips) break;
    end += 1;
  }
  const isEnough = end - from > 1 || standsAlone(lines[from] ?? '');
  return isEnough ? end : from;
}

function isCode(line: string): boolean {
  if (standsAlone(line) || TRACES.some((form) => form.test(line))) return true;
  return TOGETHER.some((form) => form.test(line)) && !isProse(line);
}

function standsAlone(line: string): boolean {
  if (ALONE.some((form) => form.test(line))) return !/^\s*\$/.test(line) || !isProse(line);
  return isCommand(line);
}

function isCommand(line: string): boolean {
  if (COMMANDS.some((form) => form.test(line))) return true;
  const hasFlags = PROGRAMS.test(line) && (FLAG.test(line) || / \\\s*$/.test(line));
  return hasFlags && !isProse(line) && !/[a-z][.?!:,]\s*$/.test(line);
}

/** What a program prints below its command in columns. */
function isOutput(line: string): boolean {
  if (/^\s*(?:[-*•>]|\d+[.)])\s/.test(line)) return false;
  return COLUMNS.test(line) && !isProse(line) && !/\p{L}[.!?,:]\s*$/u.test(line);
}

/** Set in below code: the source line of a Python trace, a field of a log entry. */
function isBelow(line: string, before: string): boolean {
  if (!/^(?:\s{2,}|\t)\S/.test(line) || /^\s*(?:[-*•>]|\d+[.)])\s/.test(line)) return false;
  return before.trim() !== '' && !isProse(line);
}

/** Whether it could be a sentence: it has the small words that hold one together. */
export function isProse(line: string): boolean {
  return (line.match(SMALL_WORDS) ?? []).length >= 2;
}

function endOfJson(lines: readonly string[], depths: readonly number[], from: number): number {
  let depth = 0;
  for (let at = from; at < Math.min(lines.length, from + LONGEST_JSON); at += 1) {
    depth += depths[at] ?? 0;
    if (depth > 0) continue;
    const text = lines.slice(from, at + 1).join('\n');
    return /" ?:/.test(text) && isJson(text) ? at + 1 : from;
  }
  return from;
}

/** How many brackets a line of JSON opens more than it closes. */
function depthOf(line: string): number {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"/g, '');
  return (bare.match(/[{[]/g) ?? []).length - (bare.match(/[}\]]/g) ?? []).length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
