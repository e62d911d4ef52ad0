/** Text on `paper` and on its own tint has at least 4.5:1 in both schemes; nothing is told by a colour alone. */
const LIGHT = {
  paper: '#ffffff',
  ground: '#f6f6f4',
  ink: '#1b1d20',
  muted: '#575d64',
  line: '#d6d9dc',
  faint: '#edeeef',
  edge: '#9aa1a8',
  link: '#1c5799',
  light: '#1b6b40',
  'light-tint': '#e7f4ec',
  medium: '#1c5799',
  'medium-tint': '#e8f0f9',
  'medium-plus': '#7d5200',
  'medium-plus-tint': '#fbf1dc',
  full: '#a3211b',
  'full-tint': '#fcebe9',
  leak: '#762c99',
  'leak-tint': '#f5eafa',
};

const DARK: typeof LIGHT = {
  paper: '#1a1d20',
  ground: '#121416',
  ink: '#e7e9eb',
  muted: '#a5adb5',
  line: '#383d43',
  faint: '#25292d',
  edge: '#737b83',
  link: '#86bdf5',
  light: '#74d19b',
  'light-tint': '#152a1e',
  medium: '#86bdf5',
  'medium-tint': '#15263a',
  'medium-plus': '#e4b75a',
  'medium-plus-tint': '#30260f',
  full: '#ff958c',
  'full-tint': '#3a1a18',
  leak: '#d8a2f2',
  'leak-tint': '#2e1c38',
};

const variables = (colours: typeof LIGHT) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** As variables: by the reader's scheme, and light on paper. */
export const COLOURS = `:root{color-scheme:light dark;${variables(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}
`;
