import {Part, define, html, lively, nothing} from '../lit.js';
import {get, isAbort, part, post, put, remove} from '../api.js';
import {count, percent} from '../format.js';
import * as live from '../live.js';
import * as dialog from '../parts/dialog.js';
import {interval} from '../parts/interval.js';
import {stayed} from '../parts/staying.js';
import '../parts/table.js';
import {done, soon, tellFailure} from '../parts/toasts.js';
import {badge, behind, empty, failure, field, formFailure, icon, isInTheWay, skeleton} from '../parts/ui.js';
import {link} from '../router.js';
import {can} from '../session.js';
import {strings} from '../strings.js';

const say = await strings('campaigns');
const NONE = '-';
const CALM = 2_000;
const MOST_ROUNDS = 50;
const A_CALL = 10_000;

const titleOf = (name) => (name === NONE ? say.none : name);

/** Campaigns: how they share the releases, and what comes of each. */
class Campaigns extends Part {
  static properties = {account: {attribute: false}, campaigns: {state: true}, acceptance: {state: true}, trouble: {state: true}, leaving: {state: true}};

  #renewing = null;

  constructor() {
    super();
    this.leaving = new Map();
  }

  arrived() {
    this.load();
    this.until(live.follow({accounts: [this.account]}, () => this.#renew()));
    this.until(() => clearTimeout(this.#renewing));
  }

  #renew() {
    this.#renewing ??= setTimeout(async () => {
      // What happens while it is read may not be in the answer.
      this.#renewing = null;
      await this.load();
    }, CALM);
  }

  get #path() {
    return `/accounts/${part(this.account)}`;
  }

  #of(name) {
    return `${this.#path}/campaigns/${part(name)}`;
  }

  async load() {
    try {
      const [{items}, figures] = await Promise.all([
        get(`${this.#path}/campaigns`, {query: {limit: 500}, signal: this.signal}),
        get(`${this.#path}/statistics`, {query: {by: 'campaign'}, signal: this.signal}).catch((trouble) => {
          if (isAbort(trouble)) {
            throw trouble;
          }
          return {groups: []};
        }),
      ]);
      const acceptance = new Map(figures.groups.map(({key, figures: {acceptance: rate}}) => [key ?? NONE, rate]));
      Object.assign(this, {campaigns: items, acceptance, trouble: undefined});
      live.fresh();
    } catch (trouble) {
      if (!isAbort(trouble)) {
        this.trouble = trouble;
      }
    }
  }

  async #try(call) {
    try {
      await call();
      return true;
    } catch (trouble) {
      if (!isAbort(trouble)) {
        tellFailure(trouble);
      }
      return false;
    } finally {
      await this.load();
    }
  }

  async #weigh({name, weight}, input) {
    const next = Number(input.value);
    if (next === weight) {
      return;
    }
    if (!Number.isInteger(next) || next < 1 || next > 100) {
      tellFailure({detail: say.weightWrong});
      input.value = weight;
      return;
    }
    if (await this.#try(() => put(this.#of(name), {weight: next}))) {
      done(say.done.weight(titleOf(name), next), () => this.#try(() => put(this.#of(name), {weight})));
    }
  }

  async #pause({name, paused}) {
    const [does, undoes] = paused ? ['resume', 'pause'] : ['pause', 'resume'];
    if (await this.#try(() => post(`${this.#of(name)}/${does}`))) {
      done((paused ? say.done.resumed : say.done.paused)(titleOf(name)), () => this.#try(() => post(`${this.#of(name)}/${undoes}`)));
    }
  }

  /** Drafts are taken A_CALL at a time, so it asks until none is left. */
  async #untilNoneIsLeft(name, what, body) {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const {left, changed} = await post(`${this.#of(name)}/${what}`, body, {keepalive: true, patience: 120_000});
      if (!left || !changed) {
        return;
      }
    }
  }

  // Neither moving nor cancelling can be taken back by another call, so the call waits until nobody undoes it any more.
  #later({name, queued}, text, what, body) {
    this.leaving = new Map(this.leaving).set(name, what);
    // A single call goes out even as the tab is closed; the others would not.
    const left = queued > A_CALL ? stayed() : () => {};
    const end = () => {
      this.leaving = new Map([...this.leaving].filter(([other]) => other !== name));
      left();
    };
    soon(text, {commit: () => this.#try(() => this.#untilNoneIsLeft(name, what, body)).finally(end), undo: end});
  }

  async #move({name, queued}) {
    const to = await askWhere(name, queued, this.campaigns);
    if (to) {
      this.#later({name, queued}, say.done.moving(queued, titleOf(name), titleOf(to)), 'move', {to});
    }
  }

  async #forget({name, weight}) {
    if (await this.#try(() => remove(this.#of(name)))) {
      done(say.done.forgotten(titleOf(name)), () => this.#try(() => put(this.#of(name), {weight})));
    }
  }

  async #add() {
    const made = await askForCampaign(this.campaigns, ({name, weight}) => put(this.#of(name), {weight}));
    if (made) {
      await this.load();
      done(say.done.made(made), () => this.#try(() => remove(this.#of(made))));
    }
  }

  template() {
    return html`<div class="page-head"><div><h1>${say.title}</h1></div>
        ${can('manage') && this.campaigns ? html`<button class="button" type="button" @click=${() => this.#add()}>${icon('plus')}${say.add}</button>` : nothing}</div>
      ${behind(this.trouble, () => this.load(), this.campaigns)}${this.#list()}`;
  }

  #list() {
    if (isInTheWay(this.trouble, this.campaigns)) {
      return failure(this.trouble, () => this.load());
    }
    if (!this.campaigns) {
      return skeleton(8);
    }
    if (this.campaigns.length === 0) {
      return empty({title: say.empty.title, lead: say.empty.lead, action: can('enqueue') ? html`<a class="button primary" href=${link('import', {}, {account: this.account})}>${say.empty.action}</a>` : nothing});
    }
    return html`<p class="quiet campaigns-lead">${say.lead}</p>
      <pacer-table class="campaigns" .columns=${this.#columns()} .rows=${this.campaigns} .keyOf=${(row) => row.name} .caption=${say.table}></pacer-table>
      <p class="help campaigns-lead">${say.acceptanceNote}</p>`;
  }

  #columns() {
    const sharing = this.campaigns.filter((one) => !one.paused && one.queued > 0);
    const sum = sharing.reduce((all, one) => all + one.weight, 0);
    const columns = [
      {key: 'name', label: say.columns.name, isHead: true, sort: (row) => titleOf(row.name), cell: (row) => html`<a class="who" href=${link('queue', {account: this.account}, {campaign: row.name})} title=${say.queue}>${titleOf(row.name)}</a>
        ${row.paused ? badge(say.state.paused, 'idle') : nothing}${row.name === NONE ? html`<small>${say.noneHelp}</small>` : nothing}`},
      {key: 'weight', label: say.columns.weight, sort: (row) => row.weight, cell: (row) =>
        can('manage')
          ? html`<input class="weight" type="number" min="1" max="100" step="1" inputmode="numeric" aria-label=${say.weightOf(titleOf(row.name))} title=${say.weightHelp} .value=${lively(String(row.weight))}
              @change=${(event) => this.#weigh(row, event.target)}>`
          : count(row.weight)},
      {key: 'share', label: say.columns.share, cell: (row) => (sharing.includes(row) ? html`<span title=${say.shareOf(percent(row.weight / sum))}>${percent(row.weight / sum)}</span>` : html`<span class="quiet">${say.shareNone}</span>`)},
      {key: 'queued', label: say.columns.queued, align: 'end', sort: (row) => row.queued, cell: (row) => html`${this.leaving.has(row.name) ? html`<s>${count(row.queued)}</s>` : count(row.queued)}${row.released ? html`<small>${say.released(row.released)}</small>` : nothing}`},
      {key: 'pending', label: say.columns.pending, align: 'end', sort: (row) => row.pending, cell: (row) => count(row.pending)},
      {key: 'answers', label: say.columns.answers, priority: 'low', sort: (row) => row.accepted, cell: (row) => html`${say.accepted(row.accepted)}<small>${say.others(row.declined, row.withdrawn)}</small>`},
      {key: 'acceptance', label: say.columns.acceptance, sort: (row) => this.acceptance.get(row.name)?.rate ?? -1, cell: (row) => acceptanceOf(this.acceptance.get(row.name))},
    ];
    return can('manage') ? [...columns, {key: 'actions', label: say.columns.actions, hideLabel: true, cell: (row) => this.#actions(row)}] : columns;
  }

  #actions(row) {
    const title = titleOf(row.name);
    const button = (label, name, does) => html`<button class="button small" type="button" aria-label=${name} @click=${does}>${label}</button>`;
    const isLeaving = this.leaving.has(row.name);
    return html`<span class="campaign-actions">
      ${row.paused ? button(say.resume, say.resumeWho(title), () => this.#pause(row)) : button(say.pause, say.pauseWho(title), () => this.#pause(row))}
      ${row.queued && !isLeaving
        ? html`${button(say.move, say.moveWho(title), () => this.#move(row))}${button(say.cancel, say.cancelWho(title), () => this.#later(row, say.done.cancelling(row.queued, title), 'cancel'))}`
        : nothing}
      ${!row.queued && !row.released && row.name !== NONE ? button(say.remove, say.removeWho(title), () => this.#forget(row)) : nothing}</span>`;
  }
}

function acceptanceOf(figures) {
  if (!figures || figures.rate === null || !figures.of) {
    return html`<span class="quiet">${say.noAcceptance}</span>`;
  }
  const {rate, low, high, accepted, of} = figures;
  return interval({rate, low, high, label: say.acceptanceLabel(percent(rate), percent(low), percent(high), count(accepted), count(of))});
}

/** @return the name of the campaign that `save({name, weight})` made, or undefined */
function askForCampaign(campaigns, save) {
  const draft = {name: '', weight: '1'};
  let errors = {};
  let trouble;
  const submit = async (event, close) => {
    event.preventDefault();
    const name = draft.name.trim();
    const weight = Number(draft.weight);
    errors = {
      name: !name ? say.form.nameMissing : campaigns.some((one) => one.name === name) ? say.form.nameTaken : undefined,
      weight: Number.isInteger(weight) && weight >= 1 && weight <= 100 ? undefined : say.weightWrong,
    };
    if (!errors.name && !errors.weight) {
      try {
        await save({name, weight});
        close(name);
        return;
      } catch (refused) {
        trouble = refused;
        errors = {name: refused.of?.('campaign') ?? refused.of?.('name'), weight: refused.of?.('weight')};
      }
    }
    opened.refresh();
    document.querySelector('dialog [aria-invalid=true]')?.focus();
  };
  const opened = dialog.open({
    title: say.form.title,
    content: (close) => html`<form class="form" novalidate @submit=${(event) => submit(event, close)}>
      ${field({id: 'campaign-name', label: say.form.name, help: say.form.nameHelp, error: errors.name}, (tied) => html`<input id=${tied.id} autofocus maxlength="63" autocomplete="off" aria-invalid=${tied.invalid} aria-describedby=${tied.describedBy} .value=${draft.name} @input=${(event) => (draft.name = event.target.value)}>`)}
      ${field({id: 'campaign-weight', label: say.form.weight, help: say.weightHelp, error: errors.weight}, (tied) => html`<input id=${tied.id} type="number" min="1" max="100" aria-invalid=${tied.invalid} aria-describedby=${tied.describedBy} .value=${draft.weight} @input=${(event) => (draft.weight = event.target.value)}>`)}
      ${formFailure(trouble)}<div class="actions"><button class="button primary" type="submit">${say.form.make}</button></div></form>`,
  });
  return opened;
}

/** @return the name of the campaign to which drafts shall move, or undefined */
function askWhere(from, queued, campaigns) {
  const others = campaigns.filter(({name}) => name !== from);
  const draft = {to: others[0]?.name ?? '', name: ''};
  const NEW = ' new';
  if (!others.length) {
    draft.to = NEW;
  }
  let error;
  const submit = (event, close) => {
    event.preventDefault();
    const to = draft.to === NEW ? draft.name.trim() : draft.to;
    if (to) {
      close(to);
      return;
    }
    error = say.form.nameMissing;
    opened.refresh();
    document.getElementById('move-name').focus();
  };
  const opened = dialog.open({
    title: say.form.moveTitle(titleOf(from)),
    content: (close) => html`<form class="form" novalidate @submit=${(event) => submit(event, close)}><p class="quiet">${say.form.moveLead(queued)}</p>
      ${field({id: 'move-to', label: say.form.to}, (tied) => html`<select id=${tied.id} autofocus @change=${(event) => {
        draft.to = event.target.value;
        opened.refresh();
      }}>${others.map(({name}) => html`<option value=${name} .selected=${name === draft.to}>${titleOf(name)}</option>`)}<option value=${NEW} .selected=${draft.to === NEW}>${say.form.toNew}</option></select>`)}
      ${draft.to === NEW ? field({id: 'move-name', label: say.form.name, help: say.form.nameHelp, error}, (tied) => html`<input id=${tied.id} maxlength="63" autocomplete="off" aria-invalid=${tied.invalid} aria-describedby=${tied.describedBy} .value=${draft.name} @input=${(event) => (draft.name = event.target.value)}>`) : nothing}
      <div class="actions"><button class="button primary" type="submit">${say.form.move}</button></div></form>`,
  });
  return opened;
}

define('pacer-campaigns-page', Campaigns);
