# SPDX-License-Identifier: BSL-1.0
"""``plaint draw``: pictures. ``plaint draw POLICY`` is short for ``plaint draw lifecycle POLICY``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from plaint import Lifecycle, Policy, State
from plaint._core.documents import Document
from plaint._pictures import svg
from plaint.cli.console import err, errors_as_exit


class _LifecycleByDefault(TyperGroup):
    """What is no command is the lifecycle's policy or option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["lifecycle", *args]
        return super().parse_args(ctx, args)


draw = typer.Typer(name="draw", help="Draw a policy.", cls=_LifecycleByDefault, no_args_is_help=True)


@draw.callback()
def _pictures() -> None:
    pass


def _lifecycle_of(path: Path) -> Lifecycle:
    """Of a policy, whatever it is built on, or of a document or SCXML file that is nothing but a lifecycle."""
    if path.suffix.lower() in {".scxml", ".xml"}:
        return Lifecycle(path)
    written = Document.load(str(path)).data
    return Policy.load(path).lifecycle if isinstance(written, dict) and "extends" in written else Lifecycle(path)


def _as_svg(rules: Lifecycle, state: State | None, language: str) -> str:
    drawn = svg(rules.to_dot(state, language=language))
    if drawn is None:
        raise ValueError("SVG needs Graphviz's program dot; without it there are .dot and .mmd")
    return drawn


_FORMATS: dict[str, Callable[[Lifecycle, State | None, str], str]] = {
    ".svg": _as_svg,
    ".mmd": lambda rules, state, language: rules.to_mermaid(state, language=language),
    ".dot": lambda rules, state, language: rules.to_dot(state, language=language),
    ".scxml": lambda rules, state, language: rules.to_scxml(),
}


@draw.command()
def lifecycle(
    policy: Annotated[
        Path, typer.Argument(help="A policy or a lifecycle, YAML or JSON, or an SCXML file.", metavar="POLICY")
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            help="Where to; .svg, .mmd, .dot or .scxml. Several make several. [default: Mermaid to the terminal]",
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option("--state", "-s", help="Mark this state as the current one; for each region its own."),
    ] = None,
    language: Annotated[str, typer.Option("--language", "-l", help="Of titles, such as en.")] = "",
) -> None:
    """Draw the lifecycle of a policy: states, regions, transitions with guards, roles and effects."""
    with errors_as_exit():
        unknown = [o for o in output or [] if o.suffix not in _FORMATS]
        if unknown:
            raise ValueError(f"{unknown[0]}: a picture ends in {', '.join(_FORMATS)}")
        rules = _lifecycle_of(policy)
        marked = rules.restore({"active": state}) if state else None
        if not output:
            print(rules.to_mermaid(marked, language=language), end="")
        for path in output or []:
            path.write_text(_FORMATS[path.suffix](rules, marked, language), encoding="utf-8")
            err().print(f"wrote {path}", highlight=False)
