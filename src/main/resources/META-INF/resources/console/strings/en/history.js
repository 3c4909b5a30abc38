import {list, plural} from '../../strings.js';

const drafts = (n) => plural(n ?? 0, {one: '# draft', other: '# drafts'});
const rows = (n) => plural(n ?? 0, {one: '# row', other: '# rows'});
const people = (n) => plural(n ?? 0, {one: '# person', other: '# people'});

/** What happened to the account, as sentences. */
export default {
  title: 'History',
  lead: 'What happened to the account as a whole, and who did it. What happened to an invitation stands with its person.',
  filter: 'Show',
  kinds: {all: 'Everything', settings: 'Settings', holds: 'Pauses and limits', campaigns: 'Campaigns', nights: 'Nightly runs', lists: 'Lists and exports', templates: 'Templates'},
  older: 'Show older',
  looking: 'Looking further back…',
  end: 'That is all there is.',
  list: 'History',
  details: 'All settings then',
  by: (actor) => `by ${actor}`,
  actors: {
    api: 'a call of the API', import: 'an import', 'linkedin-export': 'LinkedIn’s export', pacer: 'the pacer', nightly: 'the nightly run', suppression: 'the suppression list', retention: 'retention', webhook: 'the webhook', linkedin: 'LinkedIn’s API',
  },
  none: 'none',
  change: (setting, from, to) => `${setting} ${from} → ${to}`,
  events: {
    'account.created': () => 'The account was made.',
    'account.changed': (detail, {changes}) => `Changed: ${changes}.`,
    'account.paused': ({reason}, {until}) => (until ? [`Paused: ${reason}. It resumes `, until, '.'] : `Paused: ${reason}. Until somebody resumes it.`),
    'account.resumed': () => 'The pause was ended.',
    'account.restriction-lifted': () => 'What reports told of LinkedIn’s limits was ended.',
    'account.held': (detail, {reason}) => `Nothing was released from then on: ${reason}.`,
    'account.restricted': ({signal, detail}, {until}) => [`LinkedIn limited the account${signal === 'WEEKLY_LIMIT' ? ' for its week' : ''}${detail ? ` (${detail})` : ''}; nothing before `, until, '.'],
    'account.notes-used-up': (detail, {until}) => ['LinkedIn took no more notes, until ', until, '.'],
    'account.campaign-changed': ({campaign, weight}) => `Campaign ${campaign} has weight ${weight}.`,
    'account.campaign-paused': ({campaign}) => `Campaign ${campaign} was paused.`,
    'account.campaign-resumed': ({campaign}) => `Campaign ${campaign} goes on.`,
    'account.campaign-moved': ({campaign, to, drafts: n}) => `${drafts(n)} moved from campaign ${campaign} to ${to}.`,
    'account.campaign-cancelled': ({campaign, drafts: n}) => `${drafts(n)} of campaign ${campaign} ${n === 1 ? 'was' : 'were'} cancelled.`,
    'account.campaign-deleted': ({campaign}) => `Campaign ${campaign} was forgotten.`,
    'account.cap-learned': ({from, to, cause, carried, accepted, decided}) =>
      ({
        WEEKLY_LIMIT: `The learned cap was cut from ${from} to ${to}: LinkedIn’s weekly limit came after ${carried} in seven days.`,
        RESTRICTED: `The learned cap was cut from ${from} to ${to}: LinkedIn restricted the account after ${carried} in seven days.`,
        QUIET_WEEK: `The learned cap was raised from ${from} to ${to}: a full week without a limit.`,
        LOW_ACCEPTANCE: `The learned cap stays ${to ?? from}: only ${accepted} of ${decided} accepted.`,
        SWITCHED_OFF: 'The learned cap was forgotten: learning was switched off.',
      })[cause] ?? `The learned cap went from ${from} to ${to}.`,
    'account.cleaned': ({asked, expired, pending, threshold}) =>
      `${asked ? `${plural(asked, {one: '# withdrawal was', other: '# withdrawals were'})} asked for` : 'No withdrawal was needed'}${expired ? `, ${plural(expired, {one: '# invitation', other: '# invitations'})} had expired` : ''}; ${pending} of ${threshold} pending.`,
    'template.created': ({template, alternatives}) => `Template ${template} was made, with ${plural(alternatives, {one: '# alternative', other: '# alternatives'})}.`,
    'template.changed': ({template, alternatives}) => `Template ${template} was changed; it has ${plural(alternatives, {one: '# alternative', other: '# alternatives'})}.`,
    'template.deleted': ({template}) => `Template ${template} was deleted.`,
    'list.imported': ({rows: n, enqueued, refused, advised}) => `A list of ${rows(n)} was imported: ${enqueued} enqueued, ${refused} refused${advised ? `, ${advised} with advice` : ''}.`,
    'list.stopped': ({rows: n, enqueued, refused}) => `An import ended before the end of its list, after ${rows(n)}: ${enqueued} enqueued, ${refused} refused.`,
    'export.reconciled': ({accepted, sent, sentByHand, leftQueue}) =>
      `LinkedIn’s export told something new: ${list([accepted && `${people(accepted)} accepted`, sent && `${sent} sent`, sentByHand && `${sentByHand} sent by hand`, leftQueue && `${drafts(leftQueue)} left the queue`].filter(Boolean)) || 'nothing that counts'}.`,
  },
  unknown: (event) => `${event}`,
  empty: {title: 'Nothing has happened yet', lead: 'Changes of settings, pauses, LinkedIn’s limits, imports and nightly runs will stand here.'},
  nothingFound: {title: 'Nothing of this kind', lead: 'Show everything to see what there is.', all: 'Show everything'},
};
