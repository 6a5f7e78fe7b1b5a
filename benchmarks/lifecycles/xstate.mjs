// SPDX-License-Identifier: BSL-1.0
// The machines of this folder in XState 5: reads the rows, the streams and the digests as JSON, prints ns per event as JSON.
import { readFileSync } from 'node:fs';
import { assign, createActor, createMachine, initialTransition, transition } from 'xstate';

const task = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const guards = {
  'amount == 0': (c) => c.amount === 0,
  '!regulated': (c) => !c.regulated,
  'severity >= 3': (c) => c.severity >= 3,
  'severity >= 4': (c) => c.severity >= 4,
  'reopened < 3': (c) => c.reopened < 3,
  regulated: (c) => c.regulated,
};
const values = {
  'severity < 5 ? severity + 1 : 5': (c) => (c.severity < 5 ? c.severity + 1 : 5),
  'severity > 1 ? severity - 1 : 1': (c) => (c.severity > 1 ? c.severity - 1 : 1),
  'bumps + 1': (c) => c.bumps + 1,
  'notes + 1': (c) => c.notes + 1,
  'pauses + 1': (c) => c.pauses + 1,
  'pauses + 2': (c) => c.pauses + 2,
  'reopened + 1': (c) => c.reopened + 1,
  0: () => 0,
};

function way(written, paths) {
  const t = typeof written === 'string' ? { target: written } : written;
  const made = {};
  if (t.target) made.target = paths[t.target];
  if (t.guard) made.guard = ({ context }) => guards[t.guard](context);
  if (t.set) {
    const parts = Object.entries(t.set).map(([name, text]) => [name, values[text]]);
    made.actions = assign(({ context }) => Object.fromEntries(parts.map(([name, of]) => [name, of(context)])));
  }
  return made;
}

function pathsIn(states, before, all = {}) {
  for (const [name, s] of Object.entries(states)) {
    all[name] = `${before}.${name}`;
    pathsIn(s.states ?? {}, all[name], all);
  }
  return all;
}

function stateOf(s, paths) {
  const on = Object.fromEntries(Object.entries(s.on ?? {}).map(([event, t]) => [event, way(t, paths)]));
  const states = s.states && Object.fromEntries(Object.entries(s.states).map(([n, c]) => [n, stateOf(c, paths)]));
  return states ? { initial: s.initial, on, states } : { on };
}

const digest = (c) => [c.notes, c.pauses, c.severity, c.reopened, c.bumps].join(' ');

function timed(run) {
  const times = [];
  let got;
  for (let i = 0; i < 9; ++i) {
    const before = process.cpuUsage();
    got = run();
    const { user, system } = process.cpuUsage(before);
    if (i > 1) times.push(user + system);
  }
  times.sort((a, b) => a - b);
  return [times[times.length >> 1] * 1000, got];
}

const result = {};
for (const [name, { lifecycle, context, events, expected }] of Object.entries(task)) {
  const paths = pathsIn(lifecycle.states, '#all');
  const machine = createMachine({ id: 'all', context, ...stateOf(lifecycle, paths) });
  const all = events.map((type) => ({ type }));
  const hold = ([ns, c]) => {
    if (digest(c) !== expected) throw new Error(`${name}: ${digest(c)} instead of ${expected}`);
    return ns / all.length;
  };
  result[name] = {
    send: hold(timed(() => {
      const actor = createActor(machine).start();
      for (const e of all) actor.send(e);
      return actor.getSnapshot().context;
    })),
    transition: hold(timed(() => {
      let [at] = initialTransition(machine);
      for (const e of all) [at] = transition(machine, at, e);
      return at.context;
    })),
  };
}
console.log(JSON.stringify(result));
