/**
 * Every page of the console. The page of route `week` is the module `pages/week.js`, which defines the element `pacer-week-page`; its
 * style sheet, where `css` says that it has one, is `pages/week.css`. `:account` reaches the element as its property `account`, what
 * follows `?` in the hash as `query`. `key` goes there after `g`. `needs` is what the role must be able to do, see session.js.
 */
export const ROUTES = [
  {name: 'overview', path: '/', key: 'o', needs: 'see', css: true},
  {name: 'tasks', path: '/tasks', key: 't', needs: 'do-tasks', css: true},
  {name: 'import', path: '/import', key: 'i', needs: 'enqueue', css: true},
  {name: 'withdrawals', path: '/withdrawals', key: 'w', needs: 'see', css: true},
  {name: 'people', path: '/people', key: 'p', needs: 'see', css: true},
  {name: 'week', path: '/accounts/:account', key: 'k', needs: 'see', css: true},
  {name: 'queue', path: '/accounts/:account/queue', key: 'q', needs: 'see', css: true},
  {name: 'settings', path: '/accounts/:account/settings', key: 's', needs: 'see', css: true},
  {name: 'campaigns', path: '/accounts/:account/campaigns', key: 'c', needs: 'see', css: true},
  {name: 'history', path: '/accounts/:account/history', key: 'h', needs: 'see', css: true},
  {name: 'account', path: '/new-account', key: 'n', needs: 'create', css: true},
];

/** Those of the whole installation, in the order of the navigation. */
export const GENERAL = ['overview', 'tasks', 'import', 'withdrawals', 'people'];

/** Those of one account, in the order of its tabs. */
export const OF_ACCOUNT = ['week', 'queue', 'settings', 'campaigns', 'history'];
