/** What Slack calls a file, by the end of its name. */
export interface FileKind {
  mimetype: string;
  filetype: string;
  prettyType: string;
}

const KINDS: { [extension: string]: [mimetype: string, prettyType: string, filetype?: string] } = {
  csv: ['text/csv', 'CSV'],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word Document'],
  gif: ['image/gif', 'GIF'],
  gz: ['application/gzip', 'Gzip', 'gzip'],
  har: ['application/json', 'JSON', 'json'],
  htm: ['text/html', 'HTML', 'html'],
  html: ['text/html', 'HTML'],
  jpeg: ['image/jpeg', 'JPEG', 'jpg'],
  jpg: ['image/jpeg', 'JPEG'],
  js: ['text/javascript', 'JavaScript', 'javascript'],
  json: ['application/json', 'JSON'],
  log: ['text/plain', 'Plain Text', 'text'],
  md: ['text/markdown', 'Markdown', 'markdown'],
  mp4: ['video/mp4', 'MPEG 4 Video'],
  pdf: ['application/pdf', 'PDF'],
  png: ['image/png', 'PNG'],
  py: ['text/x-python', 'Python', 'python'],
  sh: ['text/x-sh', 'Shell', 'shell'],
  svg: ['image/svg+xml', 'SVG'],
  txt: ['text/plain', 'Plain Text', 'text'],
  webp: ['image/webp', 'WebP'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel Spreadsheet'],
  xml: ['application/xml', 'XML'],
  yaml: ['text/yaml', 'YAML'],
  yml: ['text/yaml', 'YAML', 'yaml'],
  zip: ['application/zip', 'Zip'],
};

export function kindOf(name: string, mimetype?: string): FileKind {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const known = Object.hasOwn(KINDS, extension) ? KINDS[extension] : undefined;
  if (known === undefined) {
    const given = mimetype ?? 'application/octet-stream';
    return given.startsWith('text/')
      ? { mimetype: given, filetype: 'text', prettyType: 'Plain Text' }
      : { mimetype: given, filetype: 'binary', prettyType: 'Binary' };
  }
  const [usual, prettyType, filetype = extension] = known;
  return { mimetype: mimetype ?? usual, filetype, prettyType };
}
