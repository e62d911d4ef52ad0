export const engine = { name: 'nginx', smoke: false, package: undefined, programs: ['nginx'], trial: ['nginx', '-v'] };
