import './theme.js';
import './shell.js';
