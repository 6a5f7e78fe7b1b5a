# SPDX-License-Identifier: BSL-1.0
"""One event from Python, beside transitions, python-statemachine, sismic and XState 5, and an empty bound method.

The machines are those of lifecycles/flat.yaml and nested.yaml; every engine has to end with the same values. Peers are
installed into build/bench/peers where they are missing; what can't be installed is said and left out.
"""

from __future__ import annotations

import importlib
import json
import logging
import random
import re
import shutil
import statistics
import subprocess
import sys
import sysconfig
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import plaint

HERE = Path(__file__).parent / "lifecycles"
PEERS = Path(__file__).resolve().parents[1] / "build/bench/peers"
FIELDS = {"amount": 5000, "notes": 0, "pauses": 0, "severity": 3, "reopened": 0, "regulated": True, "bumps": 0}
PYTHON = ("transitions==0.9.3", "python-statemachine==3.2.2", "sismic==1.6.14")
REPETITIONS = 7

Digest = tuple[int, ...]
Run = Callable[[list[str]], Digest]


def python_of(expression: object) -> str:
    """The few expressions of these machines, as Python writes them."""
    text = str(expression).replace("!regulated", "not regulated")
    if "?" in text:
        condition, _, rest = text.partition(" ? ")
        yes, _, no = rest.partition(" : ")
        text = f"{yes} if {condition} else {no}"
    return text


class Case:
    """What guards read and actions write."""

    def __init__(self) -> None:
        self.__dict__.update(FIELDS)

    def digest(self) -> Digest:
        return digest(self.__dict__)


def digest(values: Any) -> Digest:
    return tuple(int(values[name]) for name in ("notes", "pauses", "severity", "reopened", "bumps"))


def function_of(text: str, *, sets: str = "") -> Callable[[Any], Any]:
    """A function of the case: what a guard says, or what an action does."""
    for name in FIELDS:
        text = re.sub(rf"\b{name}\b", f"c.{name}", text)
    if not sets:
        return eval(f"lambda c: {text}")
    names: dict[str, Any] = {}
    exec(f"def does(c): {text}", names)
    return names["does"]  # type: ignore[no-any-return]


def ways(states: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """State, event, transition, innermost last."""
    found = []
    for name, state in states.items():
        for event, written in (state.get("on") or {}).items():
            found.append((name, event, {"target": written} if isinstance(written, str) else written))
        found += ways(state.get("states") or {})
    return found


def sets_of(way: dict[str, Any]) -> str:
    return "; ".join(f"{name} = {python_of(value)}" for name, value in (way.get("set") or {}).items())


def stream_for(rules: plaint.Lifecycle, length: int) -> list[str]:
    """Mostly events that are possible, a fifth drawn from all."""
    rng, state, events = random.Random(1), rules.initial(), []
    names = list(rules.event_codes)
    for _ in range(length):
        event = rng.choice(names)
        if rng.random() < 0.8:
            listening = [
                e for e, p in rules.possible(state).items() if p["enabled"] or p["reasons"][0]["kind"] != "wrong-state"
            ]
            event = rng.choice(listening)
        events.append(event)
        state = rules.step(state, event).state
    return events


# --- engines: each takes the lifecycle and gives a function from events to what the case has become ----------------


def ours(rules: plaint.Lifecycle, document: dict[str, Any]) -> Run:
    def run(events: list[str]) -> Digest:
        state, step = rules.initial(), rules.step
        for event in events:
            state = step(state, event).state
        return digest(state)

    return run


def transitions_flat(rules: plaint.Lifecycle, document: dict[str, Any]) -> Run:
    return _transitions(document, importlib.import_module("transitions").Machine, nested=False)


def transitions_nested(rules: plaint.Lifecycle, document: dict[str, Any]) -> Run:
    machine = importlib.import_module("transitions.extensions").HierarchicalMachine
    return _transitions(document, machine, nested=True)


def _transitions(document: dict[str, Any], machine: Any, *, nested: bool) -> Run:
    states = document["lifecycle"]["states"]
    paths: dict[str, str] = {}

    def written(states: dict[str, Any], before: str = "") -> list[Any]:
        made: list[Any] = []
        for name, state in states.items():
            paths[name] = before + name
            inner = written(state.get("states") or {}, f"{before}{name}_")
            made.append({"name": name, "initial": state["initial"], "children": inner} if inner else name)
        return made

    class Model(Case):
        pass

    listed = written(states)
    rows = []
    for i, (source, event, way) in enumerate(sorted(ways(states), key=lambda w: -paths[w[0]].count("_"))):
        row: dict[str, Any] = {
            "trigger": event,
            "source": paths[source],
            "dest": paths[way["target"]] if way.get("target") else None,
        }
        if way.get("guard"):
            setattr(Model, f"guard{i}", function_of(python_of(way["guard"])))
            row["conditions"] = f"guard{i}"
        if way.get("set"):
            setattr(Model, f"action{i}", function_of(sets_of(way), sets="c"))
            row["before"] = f"action{i}"
        rows.append(row)
    shared = machine(model=None, states=listed, transitions=rows, initial=document["lifecycle"]["initial"],
                     auto_transitions=False, ignore_invalid_triggers=True)  # fmt: skip

    def run(events: list[str]) -> Digest:
        model = Model()
        shared.add_model(model)
        for event in events:
            model.trigger(event)
        shared.remove_model(model)
        return model.digest()

    return run


def statemachine_flat(rules: plaint.Lifecycle, document: dict[str, Any]) -> Run:
    sm = importlib.import_module("statemachine")
    states = document["lifecycle"]["states"]
    members: dict[str, Any] = {"allow_event_without_transition": True}
    made = {name: sm.State(name, initial=name == document["lifecycle"]["initial"]) for name in states}
    members.update({f"state_{name}": state for name, state in made.items()})
    events: dict[str, Any] = {}
    for source, event, way in ways(states):
        options: dict[str, Any] = {}
        if way.get("guard"):
            guard = function_of(python_of(way["guard"]))
            options["cond"] = lambda model, guard=guard: guard(model)
        if way.get("set"):
            does = function_of(sets_of(way), sets="c")
            options["on"] = lambda model, does=does: does(model)
        target = way.get("target")
        one = made[source].to(made[target], **options) if target else made[source].to.itself(internal=True, **options)
        events[event] = events[event] | one if event in events else one
    members.update(events)
    made_class = type(sm.StateMachine)("Complaints", (sm.StateMachine,), members)

    def run(events: list[str]) -> Digest:
        model = Case()
        machine = made_class(model)
        for event in events:
            machine.send(event)
        return model.digest()

    return run


def sismic(rules: plaint.Lifecycle, document: dict[str, Any]) -> Run:
    io = importlib.import_module("sismic.io.datadict")
    interpreter = importlib.import_module("sismic.interpreter").Interpreter

    def state(name: str, written: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {"name": name, "transitions": []}
        for event, given in (written.get("on") or {}).items():
            way = {"target": given} if isinstance(given, str) else given
            one: dict[str, Any] = {"event": event}
            if way.get("target"):
                one["target"] = way["target"]
            if way.get("guard"):
                one["guard"] = python_of(way["guard"])
            if way.get("set"):
                one["action"] = sets_of(way).replace("; ", "\n")
            made["transitions"].append(one)
        if written.get("states"):
            made["initial"] = written["initial"]
            made["states"] = [state(n, s) for n, s in written["states"].items()]
        return made

    root = state("root", {"initial": document["lifecycle"]["initial"], "states": document["lifecycle"]["states"]})
    preamble = "\n".join(f"{name} = {value!r}" for name, value in FIELDS.items())
    chart = io.import_from_dict({"statechart": {"name": "complaints", "preamble": preamble, "root state": root}})

    def run(events: list[str]) -> Digest:
        machine = interpreter(chart)
        for event in events:
            machine.queue(event).execute()
        return digest(machine.context)

    return run


# --- measuring ---------------------------------------------------------------------------------------------------


def timed(runs: dict[str, Run], streams: dict[str, list[str]], expected: dict[str, Digest]) -> dict[str, float]:
    """ns per event, medians of interleaved repetitions."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(REPETITIONS):
        for name, run in runs.items():
            began = time.process_time()
            got = run(streams[name])
            times[name].append((time.process_time() - began) / len(streams[name]) * 1e9)
            assert got == expected[name], f"{name} ends with {got} instead of {expected[name]}"
    return {name: statistics.median(all_) for name, all_ in times.items()}


def one_call(call: Callable[[], object], count: int = 20_000) -> float:
    def once() -> float:
        began = time.process_time()
        for _ in range(count):
            call()
        return (time.process_time() - began) / count * 1e9

    def nothing() -> float:
        began = time.process_time()
        for _ in range(count):
            pass
        return (time.process_time() - began) / count * 1e9

    return statistics.median(once() - nothing() for _ in range(REPETITIONS))


def empty_method() -> Any:
    """An object whose method `nothing` is pybind11's and empty."""
    source = HERE / "empty_method.cpp"
    built = PEERS / f"empty_method{sysconfig.get_config_var('EXT_SUFFIX')}"
    if not built.exists() or built.stat().st_mtime < source.stat().st_mtime:
        includes = subprocess.check_output([sys.executable, "-m", "pybind11", "--includes"], text=True).split()
        flags = ["-std=c++20", "-O2", "-DNDEBUG", "-shared", "-fPIC", "-fvisibility=hidden"]
        subprocess.run(["c++", *flags, *includes, str(source), "-o", str(built)], check=True)
    return importlib.import_module("empty_method").Empty()


def peers() -> None:
    PEERS.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(PEERS))
    stamp = PEERS / "python.txt"
    if not stamp.exists() or stamp.read_text() != "\n".join(PYTHON):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
        done = subprocess.run([*pip, "--target", str(PEERS), *PYTHON], check=False)
        if done.returncode == 0:
            stamp.write_text("\n".join(PYTHON))


def xstate(documents: dict[str, Any], streams: dict[str, list[str]], expected: dict[str, Digest]) -> dict[str, float]:
    if shutil.which("npm") is None or shutil.which("node") is None:
        print("  XState is left out: no npm")
        return {}
    if not (PEERS / "node_modules/xstate").exists():
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "xstate@5"], cwd=PEERS, check=True)
    shutil.copy(HERE / "xstate.mjs", PEERS)
    task = {
        name: {
            "lifecycle": d["lifecycle"],
            "context": FIELDS,
            "events": streams[name],
            "expected": " ".join(map(str, expected[name])),
        }
        for name, d in documents.items()
    }
    (PEERS / "task.json").write_text(json.dumps(task))
    said = json.loads(subprocess.check_output(["node", "xstate.mjs", "task.json"], cwd=PEERS, text=True))
    return {
        f"{name}/{engine}": said[name][key]
        for name in said
        for engine, key in (("XState 5, actor.send", "send"), ("XState 5, transition()", "transition"))
    }


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    peers()
    engines = {
        "flat": {
            "ours": ours,
            "transitions": transitions_flat,
            "python-statemachine": statemachine_flat,
            "sismic": sismic,
        },
        "nested": {"ours": ours, "transitions": transitions_nested, "sismic": sismic},
    }
    documents, streams, expected, runs = {}, {}, {}, {}
    for machine, makers in engines.items():
        rules = plaint.Lifecycle(HERE / f"{machine}.yaml")
        documents[machine] = rules.to_dict()
        streams[machine] = stream_for(rules, 2000)
        expected[machine] = ours(rules, {})(streams[machine])
        for engine, made in makers.items():
            name = f"{machine}/{engine}"
            streams[name], expected[name] = streams[machine], expected[machine]
            try:
                runs[name] = made(rules, documents[machine])
            except ImportError as missing:
                print(f"  {engine} is left out: {missing}")
    times = timed(runs, streams, expected)
    times |= xstate(documents, streams, expected)
    for machine in engines:
        print(f"  {machine}: one event and the state after it")
        for name, ns in sorted((n, t) for n, t in times.items() if n.startswith(f"{machine}/")):
            ratio = ns / times[f"{machine}/ours"]
            print(f"    {name.partition('/')[2]:<24} {ns:12,.0f} ns" + (f" {ratio:9.1f} x" if ratio != 1 else ""))

    rules = plaint.Lifecycle(HERE / "flat.yaml")
    state = rules.step(rules.initial(), "triage").state
    empty = empty_method()
    call = one_call(lambda: None)
    nothing = one_call(lambda: empty.nothing()) - call  # noqa: PLW0108 - the look-up counts on both sides
    step = one_call(lambda: rules.step(state, "assign")) - call
    print("  one call")
    print(f"    pybind11's empty method  {nothing:12,.0f} ns")
    print(f"    step                     {step:12,.0f} ns {step / nothing:9.2f} x (at most 3)")
    transitions = times.get("flat/transitions")
    if transitions:
        print(f"    transitions / step       {transitions / step:25.1f} x (at least 20)")
    rows = np.full(1_000_000, rules.code_of(state), dtype=np.uint32)
    codes = rules.event_codes
    events = np.array([codes[e] for e in streams["flat"]], dtype=np.uint16)[np.arange(rows.size) % len(streams["flat"])]
    began = time.process_time()
    rules.step_many(rows, events)
    print(f"    step_many, a row         {(time.process_time() - began) / rows.size * 1e9:12,.1f} ns")


if __name__ == "__main__":
    main()
