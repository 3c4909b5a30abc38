import {plural} from '../../strings.js';

export default {
  title: 'Overview',
  lead: (accounts) =>
    accounts.holding === 0
      ? `${plural(accounts.total, {one: '# account', other: '# accounts'})}, none of them held`
      : `${plural(accounts.total, {one: '# account', other: '# accounts'})}, ${plural(accounts.holding, {one: '# held', other: '# held'})}`,
  newAccount: 'New account',
  search: 'Find an account',
  filter: 'Show',
  filters: {all: 'All', holding: 'Held', moving: 'Moving'},
  table: 'Accounts, worst first',
  columns: {
    account: 'Account', state: 'State', next: 'Next release', window: 'Last 7 days', pending: 'Pending', acceptance: 'Accepted', pace: 'On plan',
  },
  broken: 'Settings broken',
  since: 'since',
  until: 'until',
  waiting: (n) => plural(n, {one: '# draft waits', other: '# drafts wait'}),
  every: (interval) => `every ${interval} of working time`,
  noNext: 'not foreseen',
  windowLabel: 'Released in the last seven days, of the cap',
  pendingLabel: 'Pending, of the threshold',
  paceLabel: 'What was released in the last seven days, of what the present interval would have let go.',
  noAcceptance: 'too early to tell',
  acceptanceLabel: (rate, low, high, accepted, of) =>
    `${rate} of those sent long enough ago accepted: ${accepted} of ${of}. With 95% confidence the rate is between ${low} and ${high}.`,
  nothingFound: 'No account matches',
  nothingFoundLead: 'Search for a part of its name or key, or show all.',
  showAll: 'Show all',
  first: {
    title: 'Let the first invitations go',
    lead: 'Invite Pacer holds your drafted invitations and lets them go evenly over the week, never more than the cap in any seven days. You send them, or your tooling does; it says when.',
    steps: ['Make an account for the LinkedIn member who invites', 'Import a list of drafts', 'Send each invitation when it comes up'],
    none: 'There is nothing to see yet',
    forbidden: 'There is no account that your key may see. Ask whoever gave it to you.',
  },
};
