/**
 * Reads a chosen file as far as the preview needs it: which of the things that can be imported it is, its columns and its rows. It reads
 * in pieces and lets the page breathe in between. What it shows is for looking only: the service reads the file itself.
 */

/** What a column of a list may be, and other names under which lists have it. */
export const FIELDS = {
  profile: ['profileurl', 'linkedin', 'linkedinurl', 'linkedinprofile', 'linkedinprofileurl', 'publicprofileurl', 'personlinkedinurl', 'url'],
  firstName: ['first', 'givenname', 'forename'],
  lastName: ['last', 'surname', 'familyname'],
  headline: ['title', 'jobtitle', 'position', 'role'],
  company: ['companyname', 'organization', 'organisation', 'employer', 'currentcompany'],
  note: ['message', 'text', 'invitation', 'personalnote', 'connectionnote'],
  template: ['templatename'],
  degree: ['connectiondegree'],
  priority: [],
  campaign: ['campaignname'],
  source: ['leadsource', 'origin', 'list'],
  notBefore: ['after', 'startat'],
  lapsesAt: ['expires', 'expiresat'],
  memberUrn: ['urn'],
  email: ['emailaddress', 'mail'],
};

export const ROWS_AT_MOST = 200_000;
const SEPARATORS = [',', ';', '\t'];
const HEAD = 262_144;
const TAIL = 1_048_576;
const PIECE = 131_072;
const ABOVE_HEADER = 50;

/** Why a file is not taken, as a key of the page's words. */
export class Unfit extends Error {}

/**
 * @return what the files are: `{kind: 'list', format, file}` or `{kind: 'export', files}`
 * @throws Unfit if they are neither
 */
export async function recognise(files) {
  const kinds = await Promise.all(files.map(kindOf));
  if (kinds.some((kind) => kind === 'workbook')) {
    throw new Unfit('workbook');
  }
  if (files.some((file) => file.size === 0)) {
    throw new Unfit('blank');
  }
  if (kinds.every((kind) => kind === 'export')) {
    return {kind: 'export', files};
  }
  if (files.length > 1) {
    throw new Unfit('several');
  }
  if (kinds[0] === 'zip' || kinds[0] === 'utf16') {
    throw new Unfit(kinds[0]);
  }
  return {kind: 'list', format: kinds[0], file: files[0]};
}

async function kindOf(file) {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (start[0] === 0x50 && start[1] === 0x4b) {
    const names = new TextDecoder('latin1').decode(await file.slice(Math.max(0, file.size - TAIL)).arrayBuffer()).toLowerCase();
    return names.includes('xl/workbook') ? 'workbook' : /(invitations|connections)\.csv/.test(names) ? 'export' : 'zip';
  }
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) {
    return 'utf16';
  }
  if (start[0] === 0xd0 && start[1] === 0xcf) {
    return 'workbook';
  }
  const head = await file.slice(0, HEAD).text();
  if (/\.(ndjson|jsonl)$/i.test(file.name) || head.trimStart().startsWith('{')) {
    return 'ndjson';
  }
  const lines = head.split(/\r\n|\r|\n/, ABOVE_HEADER).map((line) => line.toLowerCase());
  const isExport = lines.some((line) => line.includes('inviteeprofileurl') || (line.includes('connected on') && line.includes('first name')) || (line.includes('sent at') && line.includes('direction')));
  return isExport ? 'export' : 'csv';
}

/**
 * Reads a list.
 *
 * @param tell called now and then with how many rows there are so far
 * @return `columns` (of a CSV: `{name, sample}`), `rows` (`{line, cells}` or `{line, draft}`), `isWhole`, and of a CSV what its header is:
 *     `headerBytes`, `headerLines`, `separator`
 */
export function read({format, file}, {signal, tell}) {
  return format === 'ndjson' ? readLines(file, {signal, tell}) : readCsv(file, {signal, tell});
}

async function* pieces(file, signal) {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      for (let from = 0; from < piece.value.length; from += PIECE) {
        signal?.throwIfAborted();
        yield piece.value.slice(from, from + PIECE);
        await breathe();
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

const breathe = () => new Promise((resolve) => setTimeout(resolve));

async function readLines(file, {signal, tell}) {
  const rows = [];
  let rest = '';
  let line = 0;
  const take = (text) => {
    line++;
    if (text.trim()) {
      let draft = null;
      try {
        draft = JSON.parse(text);
      } catch {
        // The service says what is wrong with it.
      }
      rows.push({line, draft: draft && typeof draft === 'object' ? draft : {}});
    }
  };
  for await (const piece of pieces(file, signal)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop();
    lines.forEach(take);
    tell?.(rows.length);
    if (rows.length >= ROWS_AT_MOST) {
      return {rows: rows.slice(0, ROWS_AT_MOST), isWhole: false};
    }
  }
  take(rest);
  return {rows, isWhole: true};
}

async function readCsv(file, {signal, tell}) {
  const head = await file.slice(0, HEAD).text();
  const separator = separatorOf(head);
  const parser = new Csv(separator);
  for await (const piece of pieces(file, signal)) {
    parser.take(piece);
    tell?.(parser.records.length);
    if (parser.records.length > ROWS_AT_MOST) {
      break;
    }
  }
  const isWhole = parser.records.length <= ROWS_AT_MOST;
  if (isWhole) {
    parser.end();
  }
  const [header, ...rows] = parser.records;
  if (!header) {
    throw new Unfit('blank');
  }
  const columns = header.cells.map((name, i) => ({name: name.trim(), sample: rows.find(({cells}) => cells[i]?.trim())?.cells[i] ?? ''}));
  const {bytes, lines} = await headerOf(file);
  return {columns, rows: rows.slice(0, ROWS_AT_MOST), isWhole, separator, headerBytes: bytes, headerLines: lines};
}

function separatorOf(head) {
  // What stands in quotes separates nothing; an open quote takes the line break in.
  const line = head.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1)[0];
  return SEPARATORS.reduce((best, separator) => (line.split(separator).length > line.split(best).length ? separator : best));
}

/** Where the first record ends, in bytes, so that another header can take its place and the rest stays as it is. */
async function headerOf(file) {
  const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  let isQuoted = false;
  let lines = 1;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0x22) {
      isQuoted = !isQuoted;
    } else if (bytes[i] === 0x0a || bytes[i] === 0x0d) {
      const isPair = bytes[i] === 0x0d && bytes[i + 1] === 0x0a;
      if (!isQuoted) {
        return {bytes: i, lines};
      }
      lines++;
      i += isPair ? 1 : 0;
    }
  }
  return {bytes: bytes.length, lines};
}

class Csv {
  records = [];
  #separator;
  #cells = [];
  #cell = '';
  #isQuoted = false;
  #wasQuote = false;
  #wasReturn = false;
  #line = 1;
  #begins = 1;

  constructor(separator) {
    this.#separator = separator;
  }

  take(text) {
    const special = this.#separator === '\t' ? /["\t\r\n]/g : this.#separator === ';' ? /[";\r\n]/g : /[",\r\n]/g;
    let from = 0;
    for (let match = special.exec(text); match; match = special.exec(text)) {
      if (match.index > from) {
        this.#text(text.slice(from, match.index));
      }
      from = match.index + 1;
      this.#sign(match[0]);
    }
    if (from < text.length) {
      this.#text(text.slice(from));
    }
  }

  #text(text) {
    if (this.#wasQuote) {
      this.#isQuoted = false;
    }
    this.#wasQuote = false;
    this.#wasReturn = false;
    this.#cell += text;
  }

  #sign(sign) {
    if (sign === '"') {
      if (!this.#isQuoted && this.#cell.trim()) {
        // Within a cell that no quote began it is a character like others.
        this.#cell += '"';
      } else if (!this.#isQuoted) {
        this.#isQuoted = true;
      } else if (this.#wasQuote) {
        this.#cell += '"';
        this.#wasQuote = false;
        return;
      } else {
        this.#wasQuote = true;
        return;
      }
      this.#wasReturn = false;
      return;
    }
    if (this.#wasQuote) {
      this.#isQuoted = false;
      this.#wasQuote = false;
    }
    const isSecond = sign === '\n' && this.#wasReturn;
    this.#wasReturn = sign === '\r';
    if (sign === this.#separator) {
      if (this.#isQuoted) {
        this.#cell += sign;
      } else {
        this.#cells.push(this.#cell);
        this.#cell = '';
      }
    } else {
      this.#line += isSecond ? 0 : 1;
      if (this.#isQuoted) {
        this.#cell += sign;
      } else if (isSecond) {
        this.#begins = this.#line;
      } else {
        this.#record();
      }
    }
  }

  #record() {
    this.#cells.push(this.#cell);
    if (this.#cells.some((cell) => cell.trim())) {
      this.records.push({line: this.#begins, cells: this.#cells});
    }
    this.#cells = [];
    this.#cell = '';
    this.#begins = this.#line;
  }

  end() {
    this.#record();
  }
}

const plain = (name) => name.toLowerCase().replace(/[^a-z]/g, '');

/** @return for each column the field that its name means, or null: it is kept as a field for templates */
export function mapped(columns) {
  const taken = new Set();
  const exact = columns.map(({name}) => claim(Object.keys(FIELDS).find((field) => field.toLowerCase() === name.toLowerCase()), taken));
  return exact.map((field, i) => field ?? claim(Object.keys(FIELDS).find((candidate) => [candidate.toLowerCase(), ...FIELDS[candidate]].includes(plain(columns[i].name))), taken));
}

function claim(field, taken) {
  if (!field || taken.has(field)) {
    return null;
  }
  taken.add(field);
  return field;
}

/** @return whether the file says by itself what its columns are */
export const isAsWritten = (columns, mapping) =>
  columns.every(({name}, i) => (mapping[i] ? mapping[i].toLowerCase() === name.toLowerCase() : !Object.keys(FIELDS).some((field) => field.toLowerCase() === name.toLowerCase())));

/** The file with its columns named as they are mapped. Its rows are sent as they are. */
export function renamed(file, {columns, separator, headerBytes}, mapping) {
  const isField = (name) => Object.keys(FIELDS).some((field) => field.toLowerCase() === name.toLowerCase());
  const names = columns.map(({name}, i) => mapping[i] ?? (isField(name) ? `${name}-column` : name));
  const header = names.map((name) => (/["\r\n]/.test(name) || name.includes(separator) ? `"${name.replaceAll('"', '""')}"` : name)).join(separator);
  return new Blob([header, file.slice(headerBytes)], {type: 'text/csv'});
}
