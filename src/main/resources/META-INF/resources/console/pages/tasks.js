import {Part, define, html, nothing} from '../lit.js';
import {accounts} from '../accounts.js';
import {get, isAbort, part, post} from '../api.js';
import {shortcuts} from '../keys.js';
import * as live from '../live.js';
import {keepFocus} from '../parts/focus.js';
import {badge, behind, empty, failure, icon, isInTheWay, progress, segmented, skeleton} from '../parts/ui.js';
import {done, settle, soon, tell, tellFailure} from '../parts/toasts.js';
import {link, remember} from '../router.js';
import {beforeSignOut, can} from '../session.js';
import {strings} from '../strings.js';
import {clock, fromNow, now, serviceIsAt, viewerZone, when} from '../time.js';
import {claim, giveBack, hold, isHeld, isUnanswered, leaseOf} from './tasks/leases.js';
import * as outbox from './tasks/outbox.js';
import {whyNot, wordsOf} from './tasks/refusing.js';

const say = await strings('tasks');
const KINDS = ['SEND', 'WITHDRAW', 'FOLLOW'];
const DID = {SEND: 'SENT', WITHDRAW: 'WITHDRAWN', FOLLOW: 'FOLLOWED'};
const PAGE = 100;
const PAGES_AT_MOST = 20;
const UPCOMING = 5;
const LATE = 3 * 86_400_000;
const TICK = 10_000;
// What opens or closes a task. Drafts that come into a queue do not, and a long list of them would have this page read for nothing.
const TYPES = [
  'invitation.released', 'invitation.withdrawal-asked', 'invitation.follow-suggested', 'invitation.sent', 'invitation.refused', 'invitation.failed', 'invitation.accepted', 'invitation.declined',
  'invitation.withdrawn', 'invitation.not-withdrawn', 'invitation.expired', 'invitation.cancelled', 'invitation.lapsed', 'account.changed',
];
// Whoever strikes a key twice means one person: what is shown for less than this is not reported on.
const TWICE = 700;
// What a report is refused with if somebody else has claimed its task since.
const LOST = 'lease-lost';
const BY_HAND_STAGES = ['FAILED', 'IN_DOUBT'];

const nameOf = (task) => [task.firstName, task.lastName].filter(Boolean).join(' ') || task.profile || say.nobody;

const reported = () => new Set(outbox.waiting().map((report) => String(report.task)));

/** The sender's list, one task at a time: who, why, the note; what is said can be undone for ten seconds. */
class Tasks extends Part {
  static properties = {
    query: {attribute: false},
    tasks: {state: true},
    counts: {state: true},
    current: {state: true},
    accounts: {state: true},
    trouble: {state: true},
    message: {state: true},
    isUnsure: {state: true},
    isClaiming: {state: true},
    isAway: {state: true},
    pacing: {state: true},
  };

  #asked = 0;
  #listed;
  #isReading = false;
  #skipped = new Set();
  #said = new Map();
  #shownAt = 0;
  #copied = false;
  #hadFocus = false;

  constructor() {
    super();
    this.accounts = new Map();
  }

  arrived() {
    this.#readAccounts();
    this.load();
    this.until(outbox.observe((answer) => this.#answered(answer)));
    this.until(live.follow({types: TYPES}, () => this.load()));
    const ticking = setInterval(() => this.#tick(), TICK);
    this.until(() => clearInterval(ticking));
    outbox.recover().then((n) => n > 0 && tell(say.recovered(n)), () => {});
    const isFree = () => this.current !== undefined && !this.isClaiming;
    shortcuts(this, [
      {keys: 'o', says: say.keys.open, when: isFree, does: (event) => this.#open(event)},
      {keys: 's', says: say.keys.done, when: isFree, does: (event) => this.#do(event)},
      {keys: 'x', says: say.keys.couldNot, when: isFree, does: (event) => this.#refuse(event)},
      {keys: 'n', says: say.keys.skip, when: isFree, does: (event) => this.#skip(event)},
      {keys: 'b', says: say.keys.giveBack, when: isFree, does: (event) => this.#leave(event)},
    ]);
  }

  /** That of the address, or of the task that is shown: what else comes up meanwhile changes nothing under its sender's hands. */
  get #kind() {
    return this.#askedKind ?? this.current?.kind ?? KINDS.find((kind) => this.#left(kind) > 0) ?? 'SEND';
  }

  get #askedKind() {
    return KINDS.includes(this.query?.kind) ? this.query.kind : undefined;
  }

  #isAskedFor(task) {
    return task.kind === (this.#askedKind ?? task.kind) && task.account === (this.query?.account || task.account);
  }

  willUpdate(changed) {
    this.#hadFocus ||= changed.has('current') && this.contains(document.activeElement);
    const before = changed.get('query');
    if (before && (before.account !== this.query.account || before.kind !== this.query.kind)) {
      this.#skipped.clear();
      Object.assign(this, {tasks: undefined, current: undefined, isUnsure: false, isAway: false});
      this.load();
    }
  }

  updated() {
    if (this.#hadFocus && !this.querySelector('.skeleton')) {
      this.#hadFocus = false;
      keepFocus(this, 'article.task h2', '.empty h2');
    }
  }

  async #readAccounts() {
    try {
      this.accounts = new Map((await accounts()).map((account) => [account.account, account]));
    } catch {
      // Keys stand in for names.
    }
  }

  #accountOf(task) {
    return this.accounts.get(task.account) ?? {account: task.account, name: task.account, timeZone: viewerZone};
  }

  // Tasks come up, and come back, at their time: nothing happens then that would be told.
  #tick() {
    this.requestUpdate();
    if (!this.current && !this.isAway && !this.isClaiming && !this.#isReading && !document.hidden) {
      this.load();
    }
  }

  /** Reads what is to do; what is shown stays, unless it is no longer wanted. */
  async load() {
    const asked = ++this.#asked;
    this.#isReading = true;
    try {
      const account = this.query?.account;
      const counts = await get('/tasks/counts', {query: {account}, signal: this.signal});
      serviceIsAt(counts.now);
      this.counts = counts;
      const kind = this.#kind;
      const {tasks, isWhole} = await this.#read({account, kind});
      if (asked !== this.#asked) {
        return;
      }
      this.tasks = tasks;
      this.#listed = kind;
      this.trouble = undefined;
      [...this.#said].filter(([, {isAnswered}]) => isAnswered).forEach(([task]) => this.#said.delete(task));
      live.fresh();
      this.#tellRefused();
      if (this.current && this.current.kind === kind && this.#isGone(tasks, isWhole)) {
        tell(say.gone(nameOf(this.current)));
        this.current = undefined;
      }
      if (!this.current || !this.#isAskedFor(this.current)) {
        await this.#showNext();
      }
    } catch (trouble) {
      if (!isAbort(trouble) && asked === this.#asked) {
        this.trouble = trouble;
      }
    } finally {
      this.#isReading &&= asked !== this.#asked;
    }
  }

  // Hand-overs are the automatic sender's affair, so pages are read until enough is found that a person can do.
  async #read({account, kind}) {
    const tasks = [];
    let cursor;
    let pages = 0;
    do {
      const page = await get('/tasks', {query: {account, kind, limit: PAGE, cursor}, signal: this.signal});
      tasks.push(...page.items.filter(({delivery}) => !delivery || BY_HAND_STAGES.includes(delivery.stage)));
      cursor = page.next;
    } while (cursor && tasks.length < PAGE && ++pages < PAGES_AT_MOST);
    return {tasks, isWhole: !cursor};
  }

  #isGone(tasks, isWhole) {
    const {id} = this.current;
    return !this.#said.has(id) && !tasks.some((task) => task.id === id) && (isWhole || id <= (tasks.at(-1)?.id ?? 0));
  }

  /** What nobody has reported on in this browser: what waits in its storage may be of a page that is gone. */
  get #openOnes() {
    const told = reported();
    return (this.tasks ?? []).filter((task) => !this.#said.has(task.id) && !told.has(String(task.id)));
  }

  #isMine = (task) => isHeld(leaseOf(task.id)) || isUnanswered(task.id);
  #isFree = (task) => this.#isMine(task) || !task.leasedUntil || Date.parse(task.leasedUntil) <= now();

  /** What comes next: what this tab holds already before what is free. */
  get #upcoming() {
    const free = this.#openOnes.filter((task) => task.id !== this.current?.id && !this.#skipped.has(task.id) && this.#isFree(task));
    return [...free.filter(this.#isMine), ...free.filter((task) => !this.#isMine(task))];
  }

  /** Claims the first that nobody else holds, and shows it. */
  async #showNext() {
    if (this.isClaiming || this.isAway) {
      return;
    }
    this.isClaiming = true;
    const before = this.current;
    try {
      const passed = new Set();
      const next = () => this.#upcoming.find(({id}) => !passed.has(id));
      // Asked anew each time, since the list may be another one after an answer.
      for (let task = next(); task; task = next()) {
        const isClaimed = await this.#claim(task);
        // Somebody was taken back meanwhile, or has left. What was claimed stays so, and comes next.
        if (this.current !== before || !this.isConnected) {
          return;
        }
        if (isClaimed && this.#openOnes.some(({id}) => id === task.id)) {
          this.#show(task);
          return;
        }
        passed.add(task.id);
      }
      this.current = undefined;
      this.#foresee();
    } catch (trouble) {
      if (!isAbort(trouble)) {
        this.trouble = trouble;
      }
    } finally {
      this.isClaiming = false;
    }
    // The last of a kind was done, so it is another kind's turn.
    if (!this.current && this.tasks && this.#kind !== this.#listed) {
      await this.load();
    }
  }

  async #claim(task) {
    if (isHeld(leaseOf(task.id))) {
      return true;
    }
    try {
      await claim(task.id);
      return true;
    } catch (trouble) {
      if (trouble.code === 'idempotency-key-running') {
        return false;
      }
      if (['task-taken', 'task-closed', 'task-not-ready', 'task-unknown'].includes(trouble.code)) {
        this.tasks = trouble.code === 'task-taken' ? this.tasks.map((other) => (other.id === task.id ? {...other, leasedUntil: trouble.availableAt ?? task.leasedUntil} : other)) : this.tasks.filter((other) => other.id !== task.id);
        return false;
      }
      throw trouble;
    }
  }

  #show(task) {
    this.current = task;
    this.#shownAt = performance.now();
    this.isUnsure = false;
    this.message = undefined;
    this.#foresee();
  }

  /** When nothing is to do: what comes next, where one account is asked for. */
  async #foresee() {
    const {account} = this.query ?? {};
    this.pacing = undefined;
    if (!this.current && account && this.#kind === 'SEND' && can('see')) {
      this.pacing = await get(`/accounts/${part(account)}/pacing`, {signal: this.signal}).catch(() => undefined);
    }
  }

  get #isLapsed() {
    return !isHeld(leaseOf(this.current.id));
  }

  /** Copies the note and opens the profile, within the very key press: later the browser would allow neither. */
  async #open(event) {
    const task = this.current;
    if (event?.repeat) {
      return;
    }
    if (this.#isLapsed) {
      await this.#takeAgain(task);
      return;
    }
    const isCopied = this.#copy(task.note ?? '');
    // With noopener there is no window to look at, so whether it opened is seen by whether this one lost the focus.
    window.open(task.profileUrl, '_blank', 'noopener,noreferrer');
    hold(task.id, {...leaseOf(task.id), isOpened: true});
    this.isUnsure = false;
    this.message = task.note ? {text: isCopied ? say.copied : say.notCopied, tone: isCopied ? 'good' : 'warning'} : undefined;
    this.requestUpdate();
  }

  // A person without a note must not get the one before them, so what was copied here is taken away again.
  #copy(note) {
    if (!note && !this.#copied) {
      return true;
    }
    let isCopied = false;
    const fill = (event) => {
      event.clipboardData.setData('text/plain', note);
      event.preventDefault();
      isCopied = true;
    };
    document.addEventListener('copy', fill, {once: true});
    document.execCommand('copy');
    document.removeEventListener('copy', fill);
    if (!isCopied) {
      navigator.clipboard?.writeText(note).catch(() => (this.message = {text: say.notCopied, tone: 'warning'}));
      isCopied = Boolean(navigator.clipboard);
    }
    this.#copied ||= isCopied;
    return isCopied;
  }

  async #takeAgain(task) {
    try {
      if (!(await this.#claim(task)) && task === this.current) {
        tell(say.taken(nameOf(task)));
        this.current = undefined;
        await this.#showNext();
      }
      this.requestUpdate();
    } catch (trouble) {
      tellFailure(trouble);
    }
  }

  #isTooSoon(event) {
    return event?.repeat || performance.now() - this.#shownAt < TWICE;
  }

  #do(event) {
    if (this.#isTooSoon(event)) {
      return;
    }
    const task = this.current;
    if (!leaseOf(task.id)?.isOpened && !this.isUnsure) {
      this.isUnsure = true;
      this.#shownAt = performance.now();
      this.message = {text: say.unsure[task.kind], tone: 'warning'};
      return;
    }
    this.#say({type: DID[task.kind]});
  }

  async #refuse(event) {
    if (this.#isTooSoon(event)) {
      return;
    }
    const task = this.current;
    if (task.kind === 'FOLLOW') {
      this.#say({type: 'NOT_FOLLOWED'});
      return;
    }
    const report = await whyNot({kind: task.kind, name: nameOf(task), timeZone: this.#accountOf(task).timeZone});
    if (report && this.current === task) {
      this.#say(report);
    }
  }

  /** Says what became of the task, and shows the next. The report goes out in ten seconds, or when the page is left. */
  #say(body) {
    const task = this.current;
    const report = outbox.put({task: task.id, account: task.account, invitation: task.invitation, kind: task.kind, body: {...body, lease: leaseOf(task.id)?.lease}});
    this.#said.set(task.id, {task, report});
    soon(say.said[body.type]?.(nameOf(task)) ?? say.said.other(nameOf(task), wordsOf(body)), {
      commit: () => outbox.send(report.key),
      undo: () => this.#takeBack(task, report),
    });
    this.current = undefined;
    this.#showNext();
  }

  #takeBack(task, report) {
    outbox.take(report.key);
    this.#said.delete(task.id);
    this.#skipped.delete(task.id);
    if (this.#isAskedFor(task)) {
      if (this.tasks && !this.tasks.some(({id}) => id === task.id)) {
        this.tasks = [task, ...this.tasks];
      }
      this.#show(task);
    }
    this.requestUpdate();
  }

  async #skip(event) {
    if (event?.repeat || !this.current) {
      return;
    }
    const task = this.current;
    this.#skipped.add(task.id);
    done(say.skippedOne(nameOf(task)), () => {
      this.#skipped.delete(task.id);
      if (this.#isAskedFor(task)) {
        this.#show(task);
      }
      this.requestUpdate();
    });
    this.current = undefined;
    await this.#showNext();
  }

  /** Whoever leaves holds nothing, but for what is reported already and can still be undone. */
  async #leave(event) {
    if (event?.repeat || !this.current) {
      return;
    }
    const task = this.current;
    Object.assign(this, {isAway: true, current: undefined});
    try {
      await giveBack(reported());
      done(say.gaveBack, () => this.#return(task));
    } catch (trouble) {
      tellFailure(trouble);
    }
    this.load();
  }

  /** Goes on with `task`, or with what comes next if somebody else has it by now. */
  async #return(task) {
    this.isAway = false;
    if (!task) {
      await this.#showNext();
      return;
    }
    this.#show(task);
    await this.#takeAgain(task);
  }

  #nameOf(id) {
    const task = this.#said.get(id)?.task ?? this.tasks?.find((other) => other.id === id);
    return task ? nameOf(task) : say.someTask(id);
  }

  #answered(answer) {
    this.requestUpdate();
    if (!answer) {
      return;
    }
    const {report, result, trouble} = answer;
    const name = this.#nameOf(report.task);
    // What was read before the answer still has the task open.
    this.#said.set(report.task, {...this.#said.get(report.task), report, isAnswered: true});
    if (trouble) {
      this.#tellRefused();
    } else if (result?.result === 'ignored') {
      tell(say.ignored(name, result.reason ?? ''));
    }
    this.load();
  }

  /** Also what was refused while this page was not there. A lost lease stays a notice until somebody has said what is so. */
  #tellRefused() {
    for (const {key, task, refused} of outbox.refused().filter((report) => report.refused.code !== LOST)) {
      outbox.take(key);
      tell(say.refused(this.#nameOf(task), refused.detail));
    }
  }

  get #lost() {
    return outbox.refused().filter(({refused}) => refused.code === LOST);
  }

  async #countAnyway(report) {
    const {lease, ...body} = report.body;
    const name = this.#nameOf(report.task);
    try {
      await post(`/accounts/${part(report.account)}/reports`, {...body, invitation: report.invitation}, {key: `${report.key}-anyway`});
      this.#settle(report);
      tell(say.lost.counted(name));
    } catch (trouble) {
      tellFailure(trouble);
    }
  }

  #settle(report) {
    outbox.take(report.key);
    keepFocus(this, '.notice.bad button', 'article.task h2', '.empty h2');
  }

  async #deliver(task) {
    try {
      await post(`/tasks/${part(task.id)}/deliver`);
      tell(say.delivered(nameOf(task)));
      this.current = undefined;
      this.load();
    } catch (trouble) {
      tellFailure(trouble);
    }
  }

  #narrow(change) {
    this.query = {...this.query, ...change};
    remember({account: this.query.account, kind: this.query.kind});
  }

  #waiting(kind) {
    const isCounted = (one) => one.kind === kind && (!this.query?.account || one.account === this.query.account);
    const said = [...this.#said.values()].map(({report}) => report).concat(outbox.waiting());
    return new Set(said.filter(isCounted).map(({task}) => String(task))).size;
  }

  #left(kind) {
    const counts = this.counts?.kinds[kind];
    return counts ? Math.max(0, counts.forPeople.open + counts.forPeople.laterToday - this.#waiting(kind)) : 0;
  }

  template() {
    if (isInTheWay(this.trouble, this.tasks)) {
      return html`${this.#head()}${failure(this.trouble, () => this.load())}`;
    }
    return html`${this.#head()}${behind(this.trouble, () => this.load(), this.tasks)}${this.#notices()}${this.current ? this.#stage() : this.#isKnown ? this.#nothing() : skeleton(7)}
      <p class="hidden" role="status" id="task-told">${this.current ? say.task(nameOf(this.current)) : nothing}</p>`;
  }

  get #isKnown() {
    return this.tasks && !this.isClaiming && (this.isAway || this.#kind === this.#listed);
  }

  #head() {
    const kind = this.#kind;
    const counts = this.counts?.kinds[kind];
    const finished = counts ? counts.doneToday + this.#waiting(kind) : 0;
    const left = this.#left(kind);
    return html`<div class="page-head"><div><h1>${say.title}</h1>
        ${counts ? html`<p class="quiet" role="status">${say.left[kind](left)}${finished ? html` · ${say.done(finished)}` : nothing}${counts.forPeople.laterToday ? html` · ${say.later(counts.forPeople.laterToday)}` : nothing}${counts.forPeople.late ? html` · ${say.late(counts.forPeople.late)}` : nothing}</p>` : nothing}</div>
        ${this.accounts.size > 1 ? html`<label class="which"><span class="hidden">${say.account}</span><select @change=${(event) => this.#narrow({account: event.target.value})}>
          <option value="">${say.allAccounts}</option>${[...this.accounts.values()].map(({account, name}) => html`<option value=${account} .selected=${account === this.query?.account}>${name}</option>`)}</select></label>` : nothing}</div>
      <div class="filters">${segmented({
        name: 'kind',
        label: say.kind,
        value: kind,
        options: KINDS.map((value) => ({value, label: say.kindWithCount(say.kinds[value], this.#left(value))})),
        onChange: (value) => this.#narrow({kind: value}),
      })}
        ${left + finished > 0 ? html`<div class="today">${progress(finished, finished + left, say.progress)}</div>` : nothing}</div>`;
  }

  #notices() {
    const overdue = outbox.overdue().length;
    return html`${overdue ? html`<p class="notice warning" role="status">${say.waiting(overdue)}</p>` : nothing}
      ${this.#lost.map(
        (report) => html`<section class="notice bad" role="alert"><div><h2>${say.lost.title(this.#nameOf(report.task))}</h2><p>${say.lost.lead} ${can('enqueue') ? say.lost.count : say.lost.tell}</p></div>
          <div class="actions">${can('enqueue') ? html`<button class="button" type="button" @click=${() => this.#countAnyway(report)}>${say.lost.anyway}</button>` : nothing}
          <button class="button plain" type="button" @click=${() => this.#settle(report)}>${can('enqueue') ? say.lost.drop : say.lost.seen}</button></div></section>`,
      )}`;
  }

  #stage() {
    const task = this.current;
    const name = nameOf(task);
    const {isOpened, until} = leaseOf(task.id) ?? {};
    const {timeZone} = this.#accountOf(task);
    const isLapsed = this.#isLapsed;
    return html`<div class="stage"><article class="card task" aria-label=${say.task(name)}>
        ${this.#who(task, name)}
        ${task.kind === 'SEND' ? this.#note(task) : nothing}
        ${task.delivery ? html`<p class="notice warning">${say.stages[task.delivery.stage]}${task.delivery.detail ? html` <q>${task.delivery.detail}</q>` : nothing}
          ${task.delivery.stage === 'FAILED' && can('enqueue') ? html`<button class="button" type="button" @click=${() => this.#deliver(task)}>${say.deliver}</button>` : nothing}</p>` : nothing}
        ${isLapsed && until ? html`<p class="notice warning" role="status">${say.lapsed} ${when(until, timeZone, fromNow)}${say.lapsedLead}</p>` : nothing}
        <div class="hold"><p class="told ${this.message?.tone ?? 'quiet'}" role="status">${this.message ? this.message.text : html`${say.how[task.kind]}${isLapsed ? nothing : html` ${say.heldUntil} ${when(until, timeZone, fromNow)}.`}`}</p>
          ${isLapsed ? nothing : html`<button class="button plain" type="button" title=${say.giveBackLead} @click=${(event) => this.#leave(event)}>${say.giveBack} <kbd>b</kbd></button>`}</div>
        <div class="actions does">
          <button class="button large ${isOpened && !isLapsed ? '' : 'primary'}" type="button" @click=${(event) => this.#open(event)}>${icon(task.note && !isLapsed ? 'copy' : 'people')}<span>${isLapsed ? say.takeAgain : isOpened ? say.openAgain : task.note && task.kind === 'SEND' ? say.openWithNote : say.open}</span><kbd>o</kbd></button>
          <button class="button large ${isOpened && !isLapsed ? 'primary' : ''}" type="button" @click=${(event) => this.#do(event)}>${icon('tick')}<span>${this.isUnsure ? say.unopened[task.kind] : say.did[task.kind]}</span><kbd>s</kbd></button>
          <button class="button large" type="button" @click=${(event) => this.#refuse(event)}><span>${say.couldNot[task.kind]}</span><kbd>x</kbd></button>
          <button class="button large plain" type="button" @click=${(event) => this.#skip(event)}><span>${say.skip}</span><kbd>n</kbd></button>
        </div></article>${this.#next()}</div>`;
  }

  #who(task, name) {
    const {name: account, timeZone} = this.#accountOf(task);
    const isLate = now() - Date.parse(task.readyAt ?? task.openedAt) > LATE;
    const facts = [task.degree && say.degree(task.degree), task.source && say.found(task.source), task.campaign && say.campaign(task.campaign), task.template && say.template(task.template)].filter(Boolean);
    const badges = [isLate && badge(say.lateBadge, 'warning', say.lateWhy), task.attempt > 1 && badge(say.attempt(task.attempt), 'idle')].filter(Boolean);
    return html`<header><p class="for">${say.ask[task.kind]} <b>${say.forAccount(account)}</b></p>
        <h2>${task.profileUrl ? html`<a href=${task.profileUrl} target="_blank" rel="noopener noreferrer">${name}</a>` : name}</h2>
        ${task.headline || task.company ? html`<p class="headline">${[task.headline, task.company].filter(Boolean).join(' · ')}</p>` : nothing}
        ${badges.length ? html`<p class="tags">${badges}</p>` : nothing}</header>
      <p class="why"><span class="label">${say.why}</span> <span>${task.reason ? say.reasons[task.reason] : nothing}
        ${facts.length || task.queuedAt ? html`<span class="about-them">${[...facts, html`${say.queued} ${when(task.queuedAt, timeZone, fromNow)}`].map((fact, i) => html`${i ? ' · ' : nothing}${fact}`)}</span>` : nothing}</span></p>`;
  }

  #note(task) {
    return task.note
      ? html`<figure class="note"><figcaption><span>${say.note}</span><span>${say.noteLength(task.note.length)}</span></figcaption><blockquote>${task.note}</blockquote></figure>`
      : html`<figure class="note blank"><blockquote>${say.noNote} <span class="quiet">${say.noNoteLead}</span></blockquote></figure>`;
  }

  #next() {
    const upcoming = this.#upcoming;
    if (upcoming.length === 0) {
      return html`<aside></aside>`;
    }
    return html`<aside aria-label=${say.upNext}><h3>${say.upNext}</h3>
      <ol>${upcoming.slice(0, UPCOMING).map((task) => html`<li><b>${nameOf(task)}</b><small>${[task.company, this.accounts.size > 1 && !this.query?.account ? this.#accountOf(task).name : ''].filter(Boolean).join(' · ')}</small></li>`)}</ol>
      ${upcoming.length > UPCOMING ? html`<p class="quiet">${say.more(upcoming.length - UPCOMING)}</p>` : nothing}</aside>`;
  }

  #nothing() {
    if (this.isAway) {
      return empty({title: say.away, lead: say.awayLead, action: html`<button class="button primary" type="button" @click=${() => this.#return()}>${say.takeNext}</button>`});
    }
    const kind = this.#kind;
    const skipped = this.#openOnes.filter((task) => this.#skipped.has(task.id)).length;
    const taken = this.#openOnes.filter((task) => !this.#isFree(task)).length;
    const others = KINDS.filter((other) => other !== kind && this.#left(other) > 0);
    const elsewhere = others.map((other) => html`<button class="button" type="button" @click=${() => this.#narrow({kind: other})}>${say.elsewhere(say.kinds[other], this.#left(other))}</button>`);
    if (skipped) {
      return empty({title: say.skipped(skipped), lead: say.skippedLead, action: html`<button class="button primary" type="button" @click=${() => (this.#skipped.clear(), this.#showNext())}>${say.skippedAgain}</button>${elsewhere}`});
    }
    if (taken) {
      return empty({title: say.takenAll(taken), lead: say.takenAllLead, action: elsewhere.length ? elsewhere : undefined});
    }
    const [title, lead] = say.empty[kind];
    const finished = (this.counts?.kinds[kind].doneToday ?? 0) + this.#waiting(kind);
    const {account} = this.query ?? {};
    const isQueueEmpty = this.pacing?.reason === 'QUEUE_EMPTY';
    const nextAt = this.pacing?.nextReleaseAt;
    const toImport = isQueueEmpty && can('enqueue') ? html`<a class="button primary" href=${link('import', {}, {account})}>${say.import}</a>` : nothing;
    return empty({
      title,
      lead: html`${finished ? html`${say.allDone(finished)} ` : nothing}${isQueueEmpty ? say.queueEmpty : lead}${nextAt ? html` ${say.nextAt} ${when(nextAt, this.accounts.get(account)?.timeZone ?? viewerZone, clock)}.` : nothing}`,
      action: elsewhere.length || isQueueEmpty ? html`${toImport}${elsewhere}` : undefined,
    });
  }
}

// Also where another page is shown by then.
beforeSignOut(async () => {
  await settle();
  await giveBack(reported());
});

define('pacer-tasks-page', Tasks);
