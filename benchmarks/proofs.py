# SPDX-License-Identifier: BSL-1.0
"""Forty properties of a policy with two hundred states, proven one after the other over the same situations.

Twenty departments with ten states each hand a complaint on, ask back, answer, reopen; guards read three attributes and
count how often it was sent back, so that the bare graph of the states answers few of the questions.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from plaint import Policy

DEPARTMENTS = 20


def main() -> None:
    rules = policy()
    claims = properties()
    for run in ("first", "again"):
        begun = time.perf_counter()
        proofs = rules.prove(claims)
        took = time.perf_counter() - begun
        verdicts = Counter(p.verdict.name.lower() for p in proofs)
        print(f"{run}: {len(rules.states)} states, {len(proofs)} properties: {took * 1e3:.0f} ms, {dict(verdicts)}")


def policy() -> Policy:
    states: dict[str, Any] = {"lodged": {"on": {"register": {"target": "intake_0", "by": "clerk"}}}}
    for d in range(DEPARTMENTS):
        onward = f"intake_{d + 1}" if d + 1 < DEPARTMENTS else "settled"
        states |= department(d, onward)
    filed = {"target": "archived", "by": "clerk"}
    states["settled"] = {"tags": ["closed"], "on": {"reopen": reopened(), "file": filed}}
    states["archived"] = {"type": "final"}
    return Policy.from_dict(
        {
            "plaint": 1,
            "id": "departments",
            "version": "1",
            "calendars": {"office": {"zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}}},
            "attributes": {
                "urgent": {"bool": {}, "default": False},
                "kind": {"enum": ["goods", "service", "staff"]},
                "amount": {"int": {"min": 0, "max": 100000}, "default": 0},
                "reopened": {"int": {"min": 0, "max": 2}, "default": 0},
            },
            "roles": {"clerk": {}, "lead": {}, "customer": {"class": "customer"}},
            "lifecycle": {"initial": "lodged", "states": states},
        }
    )


def reopened() -> dict[str, Any]:
    return {
        "target": "intake_0",
        "by": "customer",
        "guard": "reopened < 2",
        "set": {"reopened": "reopened + 1"},
    }


def department(d: int, onward: str) -> dict[str, Any]:
    def at(name: str) -> str:
        return f"{name}_{d}"

    ack = {"target": at("sorted"), "do": [{"notice": "ack", "carries": ["received"]}]}
    final = {"target": at("answered"), "by": "lead", "do": [{"notice": "final", "carries": ["decision", "reasons"]}]}
    return {
        at("intake"): {"on": {"sort": ack}},
        at("sorted"): {
            "on": {
                "assign": [
                    {"target": at("expert"), "guard": "amount > 5000"},
                    {"target": at("desk"), "guard": 'amount <= 5000 && kind != "staff"'},
                    {"target": at("lead")},
                ]
            }
        },
        at("desk"): {"on": {"ask": {"target": at("awaiting")}, "propose": {"target": at("checked")}}},
        at("expert"): {"on": {"propose": {"target": at("checked")}, "ask": {"target": at("awaiting")}}},
        at("lead"): {"on": {"propose": {"target": at("checked")}}},
        at("awaiting"): {
            "on": {"reply": {"target": at("desk"), "by": "customer"}},
            "after": {"14 days": {"target": at("checked")}},
        },
        at("checked"): {"on": {"approve": [{"target": at("urgent"), "guard": "urgent"}, {"target": at("approved")}]}},
        at("urgent"): {"on": {"answer": final}},
        at("approved"): {"on": {"answer": final}},
        at("answered"): {
            "on": {
                "accept": {"target": "settled", "by": "customer"},
                "hand_on": {"target": onward, "guard": 'kind == "service" || amount > 100'},
            }
        },
    }


def properties() -> list[str]:
    claims = [
        "every state is reachable",
        "no dead ends",
        "every cycle is bounded",
        "every table is complete",
        "every table is disjoint",
        "each waiting state has a clock",
        "every path to settled passes notice(final)",
        "every path to settled passes notice(ack)",
        "only lead may answer",
        "only customer may reply",
        "notice final carries decision and reasons",
        "notice ack carries received",
        "settled only after register",
        "archived is never reached",
        "reopening is reachable",
        "notice(ack) before notice(final)",
        "every path to settled passes notice(final) anew after each reopening",
        "register comes before everything but lodged",
        "clerk may not answer",
        "customer may not approve",
    ]
    for d in range(0, DEPARTMENTS, 2):
        claims += [f"every path to answered_{d} passes checked_{d}", f"urgent_{d} refuses reply"]
    return claims


if __name__ == "__main__":
    main()
